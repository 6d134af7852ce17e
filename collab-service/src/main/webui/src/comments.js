import { commentArticle, pendingArticle } from './comment.js';
import { h, icon } from './dom.js';
import { dayName, sameDay, shortTime } from './format.js';

/** The list of comments, oldest first, and the reader's place in it. */
export class Comments extends EventTarget {
  #topic;
  #me;
  #actions;
  #items = new Map();
  #comments = new Map();
  #firstMissed;
  #unseen = true;
  #reading = true;
  #older = h('button', { type: 'button', class: 'older', hidden: true, onclick: () => this.#loadOlder() }, 'Show earlier comments');
  #list = h('ol', { class: 'list', 'aria-label': 'Comments, oldest first' });
  #empty = h('p', { class: 'empty', hidden: true }, 'No comments yet. Write the first one, or choose a section of the report to comment on.');
  #scroll = h('div', { class: 'scroller', onscroll: () => this.#scrolled() }, this.#older, this.#empty, this.#list);
  #newer = h('button', { type: 'button', class: 'newer', hidden: true, onclick: () => this.#toEnd(true) }, icon('down'), 'New comments');
  #announcer = h('div', { class: 'hidden', role: 'status', 'aria-live': 'polite' });

  /** @param me tells the user: {id, name}; actions: show(section), apply(filter), putBack(post) */
  constructor(topic, me, actions) {
    super();
    this.#topic = topic;
    this.#me = me;
    this.#actions = actions;
    this.element = h('div', { class: 'comments' }, this.#scroll, this.#newer, this.#announcer);
    topic.addEventListener('reset', () => this.#reset());
    topic.addEventListener('comment', ({ detail }) => this.#put(detail));
    topic.addEventListener('pending', ({ detail }) => this.#putPending(detail.post));
    topic.addEventListener('settled', ({ detail }) => this.#drop(detail.clientId));
    topic.addEventListener('caught-up', ({ detail }) => this.#caughtUp(detail.missed));
    setInterval(() => this.#tellTimes(), 30_000);
    // Who reads the newest comment goes on reading it when the composer grows.
    new ResizeObserver(() => this.#reading && this.#toEnd(false)).observe(this.#scroll);
  }

  /** How many comments each section has. */
  get perSection() {
    const counts = {};
    for (const { deleted, location } of this.#comments.values()) {
      if (!deleted && location?.section) {
        counts[location.section] = (counts[location.section] ?? 0) + 1;
      }
    }
    return counts;
  }

  /** Draws again whose comments are one's own. */
  refresh() {
    this.#comments.forEach((comment) => this.#draw(comment, false));
  }

  /** Comes into view, where it was hidden: the newest first. */
  shown() {
    if (this.#unseen) {
      this.#unseen = false;
      this.#toEnd(false);
    }
  }

  announce(text) {
    this.#announcer.replaceChildren(h('p', {}, text));
  }

  #reset() {
    this.#comments.clear();
    this.#firstMissed = undefined;
    for (const [key, item] of this.#items) {
      if (!item.classList.contains('waits')) {
        item.remove();
        this.#items.delete(key);
      }
    }
  }

  #put({ comment, missed, fresh }) {
    const atEnd = this.#atEnd();
    if (missed) {
      this.#firstMissed ??= comment.id;
    }
    this.#comments.set(comment.id, comment);
    this.#draw(comment, fresh);
    const theirs = comment.author.id !== this.#me().id;
    if (fresh && theirs && !missed && !comment.deleted) {
      this.announce(`${comment.author.name} commented: ${comment.text}`);
    }
    this.#follow(atEnd, fresh && theirs);
    this.dispatchEvent(new Event('change'));
  }

  #draw(comment, fresh) {
    const present = this.#items.get(comment.id);
    if (present?.querySelector('form.editor') && !comment.deleted) {
      return; // being edited: shown when that is over
    }
    const own = comment.author.id === this.#me().id;
    const actions = { ...this.#actions, edit: () => this.#edit(comment.id), remove: () => this.#askToRemove(comment.id) };
    this.#place(comment.id, comment.sequence, commentArticle(comment, { own, actions, fresh }));
  }

  #putPending(post) {
    const actions = {
      ...this.#actions,
      edit: () => this.#actions.putBack(this.#topic.takeBack(post.clientId)),
      discard: () => this.#topic.takeBack(post.clientId),
    };
    this.#place(post.clientId, Infinity, pendingArticle(post, { author: this.#me(), actions })).classList.add('waits');
    this.#toEnd(false);
  }

  #place(key, order, article) {
    const present = this.#items.get(key);
    if (present) {
      const focused = present.contains(document.activeElement);
      present.querySelector('article').replaceWith(article);
      if (focused) {
        article.focus();
      }
      return present;
    }
    const item = h('li', {}, article);
    item.order = order;
    this.#items.set(key, item);
    let before = null;
    let last = this.#list.lastElementChild;
    while (last && last.order > order) {
      before = last;
      last = last.previousElementSibling;
    }
    this.#list.insertBefore(item, before);
    this.#divide();
    return item;
  }

  #drop(key) {
    this.#items.get(key)?.remove();
    this.#items.delete(key);
    this.#divide();
  }

  #caughtUp(missed) {
    this.#older.hidden = !this.#topic.more;
    this.#divide();
    if (missed > 0) {
      this.announce(missed === 1 ? 'One comment was posted while you were away.' : `${missed} comments were posted while you were away.`);
    }
    if (this.#firstMissed === undefined) {
      this.#toEnd(false);
    }
  }

  /** Headings between days, and above what was missed. */
  #divide() {
    this.#empty.hidden = this.#items.size > 0 || !this.#topic.known;
    let previous;
    for (const [key, item] of [...this.#items].sort(([, a], [, b]) => a.order - b.order)) {
      const comment = this.#comments.get(key);
      const at = comment?.createdAt ?? new Date().toISOString();
      item.querySelectorAll('.divider').forEach((divider) => divider.remove());
      if (!previous || !sameDay(previous, at)) {
        item.prepend(h('h3', { class: 'divider day' }, dayName(at)));
      }
      if (key === this.#firstMissed) {
        item.prepend(h('h3', { class: 'divider missed' }, 'While you were away'));
      }
      previous = at;
    }
  }

  async #loadOlder() {
    const anchor = this.#scroll.scrollHeight - this.#scroll.scrollTop;
    this.#older.disabled = true;
    try {
      await this.#topic.loadOlder();
      this.#scroll.scrollTop = this.#scroll.scrollHeight - anchor;
    } catch (error) {
      this.announce(`Earlier comments can't be shown: ${error.message}`);
    } finally {
      this.#older.disabled = false;
      this.#older.hidden = !this.#topic.more;
    }
  }

  #edit(id) {
    const comment = this.#comments.get(id);
    const article = this.#items.get(id).querySelector('article');
    const text = h('textarea', { rows: '3', 'aria-label': 'Edit your comment' });
    text.value = comment.text;
    const problem = h('p', { class: 'problem', role: 'alert' });
    const close = () => {
      form.remove();
      this.#draw(this.#comments.get(id), false);
      this.#items.get(id).querySelector('article').focus();
    };
    const save = async (event) => {
      event.preventDefault();
      const changed = text.value.trim();
      if (changed === '' || changed === comment.text) {
        return changed === '' ? text.focus() : close();
      }
      try {
        await this.#topic.edit(id, changed);
        close();
      } catch (error) {
        problem.textContent = `Not saved: ${error.message}`;
      }
    };
    const keyed = (event) => {
      if (event.key === 'Escape') {
        event.stopPropagation();
        close();
      } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        form.requestSubmit();
      }
    };
    const form = h('form', { class: 'editor', onsubmit: save, onkeydown: keyed }, text, problem,
      h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'quiet', onclick: close }, 'Cancel'), h('button', { type: 'submit', class: 'primary' }, 'Save')));
    article.querySelector('.bubble').replaceChildren(form);
    text.focus();
  }

  #askToRemove(id) {
    const tools = this.#items.get(id).querySelector('.tools');
    const problem = h('p', { class: 'problem', role: 'alert' });
    const keep = () => {
      this.#draw(this.#comments.get(id), false);
      this.#items.get(id).querySelector('article').focus();
    };
    const remove = h('button', { type: 'button', class: 'danger', onclick: async () => {
      try {
        await this.#topic.remove(id);
      } catch (error) {
        problem.textContent = `Not deleted: ${error.message}`;
      }
    } }, 'Delete');
    tools.replaceChildren(h('div', { class: 'sure', role: 'group', 'aria-label': 'Delete this comment?', onkeydown: (event) => event.key === 'Escape' && keep() },
      h('span', {}, 'Delete this comment?'), remove, h('button', { type: 'button', class: 'quiet', onclick: keep }, 'Keep'), problem));
    tools.classList.add('asking');
    remove.focus();
  }

  #tellTimes() {
    for (const time of this.#list.querySelectorAll('time')) {
      time.textContent = shortTime(time.dateTime);
    }
  }

  #atEnd() {
    return this.#scroll.scrollHeight - this.#scroll.scrollTop - this.#scroll.clientHeight < 60;
  }

  #follow(wasAtEnd, isNews) {
    if (wasAtEnd) {
      this.#toEnd(false);
    } else if (isNews) {
      this.#newer.hidden = false;
    }
  }

  #toEnd(smooth) {
    this.#scroll.scrollTo({ top: this.#scroll.scrollHeight, behavior: smooth ? 'smooth' : 'auto' });
    this.#newer.hidden = true;
  }

  #scrolled() {
    this.#unseen &&= this.#scroll.clientHeight === 0;
    this.#reading = this.#atEnd();
    if (this.#reading) {
      this.#newer.hidden = true;
    }
  }
}
