// The page in Chromium, against a standalone server with guests that CONTROL_URL can kill and start again.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import { openPage, PATIENCE } from './browser.mjs';
import { required, SERVER } from './support.mjs';

const CONTROL = required('CONTROL_URL');
const control = async (what) => assert.equal((await fetch(`${CONTROL}/${what}`, { method: 'POST' })).status, 200);

/** A guest on a topic. */
async function visit(t, topic, name) {
  const page = await openPage(t, `${SERVER}/?topic=${topic}`);
  await page.keyboard.type(name); // the dialog has the focus
  await page.keyboard.press('Enter');
  await page.waitForSelector('.status[data-state="online"]');
  return page;
}

async function post(page, text) {
  await page.fill('#new-comment', text);
  await page.press('#new-comment', 'Control+Enter');
}

const posted = (page) => page.$$eval('.comment:not(.pending) .text', (texts) => texts.map((text) => text.textContent));
const shows = (page, ...texts) =>
  page.waitForFunction(
    (wanted) => {
      const seen = [...document.querySelectorAll('.comment:not(.pending) .text')].map((text) => text.textContent);
      return JSON.stringify(seen) === JSON.stringify(wanted);
    },
    texts,
    { timeout: PATIENCE },
  );

describe('the page', () => {
  it('shows one what another posts, at once; edits and deletions too', async (t) => {
    const topic = randomUUID();
    const ann = await visit(t, topic, 'Ann');
    const bo = await visit(t, topic, 'Bo');
    await post(ann, 'Hello Bo');
    await shows(bo, 'Hello Bo');
    assert.equal(await bo.textContent('.comment .author'), 'Ann');
    assert.equal(await bo.locator('.tools').count(), 0); // not Bo's to edit
    await ann.locator('.tools button').first().click({ force: true });
    await ann.fill('.editor textarea', 'Hello Bo!');
    await ann.press('.editor textarea', 'Control+Enter');
    await bo.waitForSelector('.edited');
    await shows(bo, 'Hello Bo!');
    await ann.getByRole('button', { name: 'Delete your comment' }).click({ force: true });
    await ann.click('.sure .danger');
    await bo.waitForSelector('.tombstone');
    await shows(bo);
  });

  it('is used by keyboard alone', async (t) => {
    const topic = randomUUID();
    const page = await visit(t, topic, 'Ann');
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('Tab'); // the skip link comes first
    assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'new-comment');
    await page.keyboard.type('Typed, not clicked');
    await page.keyboard.press('Control+Enter');
    await shows(page, 'Typed, not clicked');
    await page.keyboard.press('Shift+Tab'); // out of the composer, back to the comment's own buttons
    while (!(await page.evaluate(() => document.activeElement.getAttribute('aria-label') === 'Edit your comment'))) {
      assert.notEqual(await page.evaluate(() => document.activeElement.tagName), 'BODY');
      await page.keyboard.press('Shift+Tab');
    }
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), 'none');
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.type(', and edited');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('.edited');
    await shows(page, 'Typed, not clicked, and edited');
  });

  it('comments on a section, carries a filter, and applies it for another', async (t) => {
    const topic = randomUUID();
    const ann = await visit(t, topic, 'Ann');
    const bo = await visit(t, topic, 'Bo');
    await ann.selectOption('.controls select >> nth=0', 'east');
    await ann.click('#returns .section-comment');
    await ann.click('.composer .quiet');
    await post(ann, 'Look here');
    await shows(bo, 'Look here');
    assert.equal(await bo.textContent('#returns .section-comment .number'), '1');
    await bo.click('.comment .apply');
    assert.equal(await bo.inputValue('.controls select >> nth=0'), 'east');
    await bo.click('.comment .place');
    await bo.waitForFunction(() => document.activeElement.id === 'returns-title');
  });

  it('shows markup as text', async (t) => {
    const topic = randomUUID();
    const page = await visit(t, topic, '<i>Ann</i>');
    const markup = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    await post(page, markup);
    await shows(page, markup);
    assert.equal(await page.locator('.comments img, .comments script, .comments i').count(), 0);
    assert.equal(await page.textContent('.comment .author'), '<i>Ann</i>');
    assert.equal(await page.title(), 'Collab Cluster');
  });

  it('recovers by itself when the server was killed and started again: nothing is lost or twice', async (t) => {
    const topic = randomUUID();
    const ann = await visit(t, topic, 'Ann');
    const bo = await visit(t, topic, 'Bo');
    await post(ann, 'before');
    await shows(bo, 'before');
    await control('kill');
    await ann.waitForSelector('.status[data-state="reconnecting"]');
    assert.equal(await ann.textContent('.status .word'), 'Reconnecting…');
    await post(ann, 'written while it was away');
    await ann.waitForSelector('.pending');
    await control('start');
    await shows(ann, 'before', 'written while it was away');
    await shows(bo, 'before', 'written while it was away');
    await post(bo, 'after');
    await shows(ann, 'before', 'written while it was away', 'after');
    assert.deepEqual(await posted(bo), ['before', 'written while it was away', 'after']);
    assert.equal(await ann.locator('.tools').count(), 2); // Ann is still the author of hers

    const late = await visit(t, topic, 'Cy');
    await shows(late, 'before', 'written while it was away', 'after');
  });

  it('keeps a draft over a reload', async (t) => {
    const topic = randomUUID();
    const page = await visit(t, topic, 'Ann');
    await page.fill('#new-comment', 'half a sen');
    await page.reload();
    await page.waitForSelector('.status[data-state="online"]');
    assert.equal(await page.inputValue('#new-comment'), 'half a sen');
  });
});
