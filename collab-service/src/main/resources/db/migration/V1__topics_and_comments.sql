-- Every change of a topic (a post, an edit, a deletion) takes the topic's next number from head. The row's lock is held
-- until the commit, so numbers become visible in order and without a gap.
create table topic (
    id         text primary key check (octet_length(id) between 1 and 255),
    head       bigint not null,
    created_at timestamptz not null default date_trunc('milliseconds', clock_timestamp())
);

-- location and embedded are json, not jsonb: what a client stored comes back byte for byte.
create table comment (
    id          uuid primary key,
    topic       text not null references topic (id),
    sequence    bigint not null,
    changed     bigint not null,
    author_id   text not null,
    author_name text not null,
    text        text,
    location    json,
    embedded    json,
    bytes       integer not null,
    client_id   text,
    created_at  timestamptz not null,
    edited_at   timestamptz,
    deleted_at  timestamptz,
    unique (topic, sequence),
    unique (topic, author_id, client_id)
);

create index comment_author on comment (author_id);

-- Edits and deletions; the posts stand in comment under their own number.
create table comment_change (
    topic    text not null,
    sequence bigint not null,
    comment  uuid not null references comment (id),
    type     text not null check (type in ('edited', 'deleted')),
    primary key (topic, sequence)
);

create index comment_change_comment on comment_change (comment);
