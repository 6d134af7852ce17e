import { avatar } from './comment.js';
import { Comments } from './comments.js';
import { Composer } from './composer.js';
import { Connection } from './connection.js';
import { Credentials } from './credentials.js';
import { h, icon } from './dom.js';
import { describe, Filter } from './filter.js';
import { Report, SECTIONS } from './report.js';
import { signInBy, socketIoPath, topicName } from './settings.js';
import { SignIn } from './signin.js';
import { Status } from './status.js';
import { Topic } from './topic.js';

const credentials = new Credentials();
const connection = new Connection(socketIoPath, () => credentials.auth);
const topic = new Topic(topicName, connection, credentials);
const filter = new Filter();
const report = new Report(filter);
const composer = new Composer(topicName, filter);
const signIn = new SignIn(signInBy);
const status = new Status(connection, () => askWho());
const me = () => ({ id: topic.userId ?? credentials.userId ?? '', name: credentials.name ?? 'You' });
const comments = new Comments(topic, me, {
  show: (section) => {
    view('report');
    report.show(section);
  },
  apply: (value) => {
    filter.value = value;
    view('report');
    report.show('summary', { focus: false });
    comments.announce(`The report now shows ${describe(value)}.`);
  },
  putBack: (post) => {
    composer.put(post);
    composer.focus();
  },
});

const views = ['report', 'comments'].map((name) => h('button', { type: 'button', 'data-view': name, 'aria-pressed': String(name === 'report'), onclick: () => view(name) }, name === 'report' ? 'Report' : 'Comments'));
const who = h('button', { type: 'button', class: 'who', onclick: () => askWho() });
const problem = h('p', { class: 'notice', hidden: true, role: 'alert' });

document.body.dataset.view = 'report';
document.body.append(
  h('a', { class: 'skip', href: '#new-comment', onclick: (event) => { event.preventDefault(); view('comments'); composer.focus(); } }, 'Skip to the comments'),
  h('header', { class: 'topbar' },
    h('div', { class: 'brand' }, h('span', { class: 'mark', 'aria-hidden': 'true' }, icon('comment')), h('span', {}, 'Collab Cluster')),
    h('span', { class: 'topic', title: 'The topic that these comments belong to' }, topicName),
    h('nav', { class: 'views', 'aria-label': 'View' }, views), status.badge, who),
  h('main', { class: 'desk' }, report.element,
    h('aside', { class: 'panel', 'aria-label': 'Comments' },
      h('div', { class: 'panel-head' }, h('h2', {}, 'Comments')),
      status.notice, problem, comments.element, composer.element)),
  signIn.element,
);
showWho();
topic.restore();

report.addEventListener('comment-on', ({ detail }) => {
  view('comments');
  composer.commentOn(detail.section);
});
composer.addEventListener('post', ({ detail }) => {
  if (credentials.present) {
    topic.post(detail.draft);
  } else {
    composer.put(detail.draft);
    askWho();
  }
});
comments.addEventListener('change', () => {
  const counts = comments.perSection;
  Object.keys(SECTIONS).forEach((section) => report.setCount(section, counts[section] ?? 0));
});
topic.addEventListener('failed', ({ detail }) => {
  problem.textContent = `The comments of this topic can’t be shown: ${detail.message}`;
  problem.hidden = false;
});
topic.addEventListener('caught-up', () => {
  problem.hidden = true;
  showWho();
  comments.refresh();
});
connection.addEventListener('state', () => {
  const { name, reason } = connection.state;
  if (name === 'refused') {
    askWho(reason);
  } else if (name === 'expired' && !signIn.open) {
    askWho();
  }
});
connection.addEventListener('expiring', () => renew());
addEventListener('hashchange', () => credentials.takeFromAddress() && enter());

credentials.present ? enter() : askWho();

/** Connects as who one is now. */
function enter() {
  topic.userId = undefined;
  showWho();
  topic.restore();
  connection.open();
}

async function askWho(refusal = '') {
  const guests = signInBy === 'guest';
  const entered = await signIn.ask({
    title: guests ? 'What should others call you?' : 'Sign in',
    why: guests ? 'Your name stands beside what you write.' : 'This server asks for a token of your application.',
    problem: refusal,
    value: guests ? (credentials.name ?? '') : '',
  });
  if (entered === undefined) {
    return;
  }
  if (guests) {
    credentials.forgetToken();
    credentials.name = entered;
  } else {
    credentials.token = entered;
  }
  enter();
}

/** The sign-in is about to end: with a new token the connection goes on. */
async function renew(refusal = '') {
  const token = await signIn.ask({
    title: 'Your session is about to end',
    why: 'Paste a new token to stay connected. What you write is kept in any case.',
    problem: refusal,
  });
  if (token === undefined) {
    return;
  }
  credentials.token = token;
  if (!connection.online) {
    enter();
    return;
  }
  try {
    await connection.ask('session:renew', { token });
    showWho();
  } catch (error) {
    renew(error.message);
  }
}

function showWho() {
  if (credentials.present) {
    who.replaceChildren(avatar(me()), h('span', { class: 'name' }, me().name));
    who.setAttribute('aria-label', `You are ${me().name}. Change`);
  } else {
    who.replaceChildren('Sign in');
    who.removeAttribute('aria-label');
  }
}

/** Where both don't fit beside each other, one of them is shown. */
function view(name) {
  document.body.dataset.view = name;
  views.forEach((button) => button.setAttribute('aria-pressed', String(button.dataset.view === name)));
  if (name === 'comments') {
    comments.shown();
  }
}
