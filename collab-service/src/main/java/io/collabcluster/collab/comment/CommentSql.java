package io.collabcluster.collab.comment;

/** The statements. Each is a transaction of its own, so a topic's row is locked for one round trip inside Postgres only. */
final class CommentSql {

    private CommentSql() {}

    private static final String COLUMNS = "c.id, c.topic, c.sequence, c.changed, c.author_id, c.author_name, c.text,"
            + " c.location::text as location, c.embedded::text as embedded, c.client_id, c.created_at, c.edited_at,"
            + " c.deleted_at";

    private static final String NOW = "date_trunc('milliseconds', clock_timestamp())";

    /** Takes the topic's next number and inserts; or takes none, and answers what the author posted with this client id before. */
    static final String POST = """
            with earlier as (
                select * from collab.comment where topic = $2 and author_id = $3 and client_id = $8
            ), next as (
                insert into collab.topic (id, head)
                select $2, 1 where not exists (select from earlier)
                on conflict (id) do update set head = topic.head + 1
                returning head
            ), posted as (
                insert into collab.comment (id, topic, sequence, changed, author_id, author_name, text, location,
                    embedded, client_id, bytes, created_at)
                select $1, $2, head, head, $3, $4, $5, $6::text::json, $7::text::json, $8, $9, %s from next
                returning *
            )
            select %s from (select * from posted union all select * from earlier) c
            """.formatted(NOW, COLUMNS);

    /**
     * Changes nothing, and answers nothing, where the comment is not there, deleted, or someone else's. The comment is
     * locked before the topic, here and in DELETE.
     */
    static final String EDIT = """
            with target as materialized (
                select id, coalesce($5::text, text) as text,
                    case when $6 then $7::text::json else location end as location,
                    case when $8 then $9::text::json else embedded end as embedded
                from collab.comment
                where topic = $1 and id = $2 and deleted_at is null and (author_id = $3 or $4)
                for update
            ), next as (
                update collab.topic set head = head + 1 where id = $1 and exists (select from target) returning head
            ), noted as (
                insert into collab.comment_change (topic, sequence, comment, type)
                select $1, head, $2, 'edited' from next
            ), edited as (
                update collab.comment c
                set text = target.text, location = target.location, embedded = target.embedded, changed = next.head,
                    bytes = octet_length(target.text) + coalesce(octet_length(target.location::text), 0)
                        + coalesce(octet_length(target.embedded::text), 0),
                    edited_at = %s
                from target, next
                where c.id = target.id
                returning c.*
            )
            select %s from edited c
            """.formatted(NOW, COLUMNS);

    static final String DELETE = """
            with target as materialized (
                select id from collab.comment
                where topic = $1 and id = $2 and deleted_at is null and (author_id = $3 or $4)
                for update
            ), next as (
                update collab.topic set head = head + 1 where id = $1 and exists (select from target) returning head
            ), noted as (
                insert into collab.comment_change (topic, sequence, comment, type)
                select $1, head, $2, 'deleted' from next
            ), deleted as (
                update collab.comment c
                set text = null, location = null, embedded = null, bytes = 0, changed = next.head, deleted_at = %s
                from target, next
                where c.id = target.id
                returning c.*
            )
            select %s from deleted c
            """.formatted(NOW, COLUMNS);

    static final String FIND = "select %s from collab.comment c where c.topic = $1 and c.id = $2".formatted(COLUMNS);

    /** The newest before a number, newest first, as many as $4 bytes hold; with a row for the head alone where there is none. */
    static final String LIST = """
            select t.head, c.candidates, %s
            from collab.topic t
            left join (
                select *, count(*) over () as candidates, sum(bytes) over (order by sequence desc) - bytes as earlier
                from (
                    select * from collab.comment where topic = $1 and sequence < $2 order by sequence desc limit $3
                ) newest
            ) c on c.topic = t.id and c.earlier < $4
            where t.id = $1
            order by c.sequence desc
            """.formatted(COLUMNS);

    /** The changes behind a number, in order, as many as $4 bytes hold; with a row for the head alone where there is none. */
    static final String CHANGES = """
            select t.head, s.number, s.type, %s
            from collab.topic t
            left join (
                select number, type, id, sum(bytes) over (order by number) - bytes as earlier
                from (
                    (select sequence as number, 'posted' as type, id, bytes from collab.comment
                        where topic = $1 and sequence > $2 order by sequence limit $3)
                    union all
                    (select d.sequence, d.type, d.comment, c.bytes
                        from collab.comment_change d join collab.comment c on c.id = d.comment
                        where d.topic = $1 and d.sequence > $2 order by d.sequence limit $3)
                    order by number limit $3
                ) missed
            ) s on s.earlier < $4
            left join collab.comment c on c.id = s.id
            where t.id = $1
            order by s.number
            """.formatted(COLUMNS);

    static final String HEADS = "select id, head from collab.topic where id = any($1)";
}
