// Builds into the class path folder $OUT:
//   META-INF/resources/assets/   the page's script and style sheet, their names carry a hash of their contents
//   page/index.html              the page, with {{…}} left for the server to fill in
//   client/                      the official client's files, each also compressed, and its version
import { build } from 'esbuild';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';

const out = path.resolve(process.env.OUT ?? '../../../target/classes');

await Promise.all([page(), clientFiles()]);

async function page() {
  const assets = path.join(out, 'META-INF/resources/assets');
  await rm(assets, { recursive: true, force: true });
  const result = await build({
    entryPoints: { page: 'src/main.js', style: 'styles/main.css' },
    outdir: assets,
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    sourcemap: true,
    format: 'esm',
    target: ['es2022'],
    legalComments: 'eof',
    loader: { '.woff2': 'file' },
    assetNames: '[name]-[hash]',
    metafile: true,
  });
  const names = Object.keys(result.metafile.outputs).map((file) => path.basename(file));
  const html = (await readFile('index.html', 'utf8'))
    .replace('{{script}}', 'assets/' + names.find((name) => /^page-.*\.js$/.test(name)))
    .replace('{{style}}', 'assets/' + names.find((name) => /^style-.*\.css$/.test(name)));
  await copyFile('node_modules/@fontsource-variable/inter/LICENSE', path.join(assets, 'inter-LICENSE.txt'));
  await mkdir(path.join(out, 'page'), { recursive: true });
  await writeFile(path.join(out, 'page/index.html'), html);
}

async function clientFiles() {
  const source = 'node_modules/socket.io-client';
  const { version } = JSON.parse(await readFile(path.join(source, 'package.json'), 'utf8'));
  const target = path.join(out, 'client');
  if ((await readFile(path.join(target, 'version'), 'utf8').catch(() => '')) === version) {
    return; // compressing takes seconds
  }
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  const files = (await readdir(path.join(source, 'dist'))).filter((name) => /^socket\.io.*\.js(\.map)?$/.test(name));
  await Promise.all(files.map((name) => compressed(path.join(source, 'dist', name), path.join(target, name))));
  await writeFile(path.join(target, 'version'), version); // last: it says that the others are complete
}

async function compressed(source, target) {
  const bytes = await readFile(source);
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_SIZE_HINT } = zlib.constants;
  const [br, gz] = await Promise.all([
    promisify(zlib.brotliCompress)(bytes, { params: { [BROTLI_PARAM_QUALITY]: 9, [BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    promisify(zlib.gzip)(bytes, { level: 9 }),
  ]);
  await Promise.all([writeFile(target, bytes), writeFile(target + '.br', br), writeFile(target + '.gz', gz)]);
}
