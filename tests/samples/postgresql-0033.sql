


SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;


CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;



CREATE FUNCTION public.outbox_account_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO outbox_event (space_id, kind, object_id, account_id, schedule_id, recipient_id, state, due_at, reason, at) SELECT NEW.space_id, 'account.state_changed', NEW.id, NEW.id, NULL, NULL, NEW.state, NULL, NEW.state_detail, date_trunc('milliseconds', timezone('utc', clock_timestamp())) FROM event_reader WHERE event_reader.space_id = NEW.space_id; RETURN NULL; END $$;



CREATE FUNCTION public.outbox_approval_asked() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO outbox_event (space_id, kind, object_id, account_id, schedule_id, recipient_id, state, due_at, reason, at) SELECT NEW.space_id, 'schedule.approval_changed', NEW.id, NEW.account_id, NEW.id, NULL, CASE NEW.approval WHEN '' THEN 'given' ELSE NEW.approval END, NULL, '', date_trunc('milliseconds', timezone('utc', clock_timestamp())) FROM event_reader WHERE event_reader.space_id = NEW.space_id; RETURN NULL; END $$;



CREATE FUNCTION public.outbox_approval_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO outbox_event (space_id, kind, object_id, account_id, schedule_id, recipient_id, state, due_at, reason, at) SELECT NEW.space_id, 'schedule.approval_changed', NEW.id, NEW.account_id, NEW.id, NULL, CASE NEW.approval WHEN '' THEN 'given' ELSE NEW.approval END, NULL, '', date_trunc('milliseconds', timezone('utc', clock_timestamp())) FROM event_reader WHERE event_reader.space_id = NEW.space_id; RETURN NULL; END $$;



CREATE FUNCTION public.outbox_corrected() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO outbox_event (space_id, kind, object_id, account_id, schedule_id, recipient_id, state, due_at, reason, at) SELECT NEW.space_id, 'message.corrected', NEW.message_id, NEW.account_id, (SELECT schedule_id FROM message WHERE id = NEW.message_id), (SELECT recipient_id FROM message WHERE id = NEW.message_id), (SELECT status FROM message WHERE id = NEW.message_id), (SELECT due_at FROM message WHERE id = NEW.message_id), (SELECT reason FROM message WHERE id = NEW.message_id), date_trunc('milliseconds', timezone('utc', clock_timestamp())) FROM event_reader WHERE event_reader.space_id = NEW.space_id; RETURN NULL; END $$;



CREATE FUNCTION public.outbox_hold_decided() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO outbox_event (space_id, kind, object_id, account_id, schedule_id, recipient_id, state, due_at, reason, at) SELECT one.space_id, 'schedule.hold_changed', one.id, one.account_id, one.id, NULL, NEW.state, coalesce((SELECT due_at FROM message WHERE schedule_id = NEW.schedule_id AND occurrence_at = NEW.occurrence_at ORDER BY due_at LIMIT 1), NEW.occurrence_at), '', date_trunc('milliseconds', timezone('utc', clock_timestamp())) FROM schedule AS one JOIN event_reader ON event_reader.space_id = one.space_id WHERE one.id = NEW.schedule_id; RETURN NULL; END $$;



CREATE FUNCTION public.outbox_import_saved() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO outbox_event (space_id, kind, object_id, account_id, schedule_id, recipient_id, state, due_at, reason, at) SELECT NEW.space_id, 'import.finished', NEW.id, NULL, NULL, NULL, NEW.state, NULL, '', date_trunc('milliseconds', timezone('utc', clock_timestamp())) FROM event_reader WHERE event_reader.space_id = NEW.space_id; RETURN NULL; END $$;



CREATE FUNCTION public.outbox_message_changed() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO outbox_event (space_id, kind, object_id, account_id, schedule_id, recipient_id, state, due_at, reason, at) SELECT NEW.space_id, CASE WHEN OLD.status = 'sending' AND NEW.status = 'scheduled' THEN NULL WHEN OLD.status = 'read' AND NEW.status = 'played' THEN NULL ELSE CASE NEW.status WHEN 'scheduled' THEN 'message.scheduled' WHEN 'sent' THEN 'message.sent' WHEN 'delivered' THEN 'message.delivered' WHEN 'read' THEN 'message.read' WHEN 'played' THEN 'message.read' WHEN 'failed' THEN 'message.failed' WHEN 'missed' THEN 'message.missed' WHEN 'unknown' THEN 'message.maybe_sent' WHEN 'skipped' THEN 'message.skipped' WHEN 'cancelled' THEN 'message.cancelled' END END, NEW.id, NEW.account_id, NEW.schedule_id, NEW.recipient_id, NEW.status, NEW.due_at, NEW.reason, date_trunc('milliseconds', timezone('utc', clock_timestamp())) FROM event_reader WHERE event_reader.space_id = NEW.space_id; RETURN NULL; END $$;



CREATE FUNCTION public.outbox_message_gone() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO outbox_event (space_id, kind, object_id, account_id, schedule_id, recipient_id, state, due_at, reason, at) SELECT OLD.space_id, 'message.cancelled', OLD.id, OLD.account_id, OLD.schedule_id, OLD.recipient_id, 'cancelled', OLD.due_at, '', date_trunc('milliseconds', timezone('utc', clock_timestamp())) FROM event_reader WHERE event_reader.space_id = OLD.space_id; RETURN NULL; END $$;



CREATE FUNCTION public.outbox_message_made() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO outbox_event (space_id, kind, object_id, account_id, schedule_id, recipient_id, state, due_at, reason, at) SELECT NEW.space_id, CASE NEW.status WHEN 'scheduled' THEN 'message.scheduled' WHEN 'sent' THEN 'message.sent' WHEN 'delivered' THEN 'message.delivered' WHEN 'read' THEN 'message.read' WHEN 'played' THEN 'message.read' WHEN 'failed' THEN 'message.failed' WHEN 'missed' THEN 'message.missed' WHEN 'unknown' THEN 'message.maybe_sent' WHEN 'skipped' THEN 'message.skipped' WHEN 'cancelled' THEN 'message.cancelled' END, NEW.id, NEW.account_id, NEW.schedule_id, NEW.recipient_id, NEW.status, NEW.due_at, NEW.reason, date_trunc('milliseconds', timezone('utc', clock_timestamp())) FROM event_reader WHERE event_reader.space_id = NEW.space_id; RETURN NULL; END $$;



CREATE FUNCTION public.outbox_opted_out() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO outbox_event (space_id, kind, object_id, account_id, schedule_id, recipient_id, state, due_at, reason, at) SELECT NEW.space_id, 'person.opted_out', NEW.id, NULL, NULL, NEW.id, '', NULL, '', date_trunc('milliseconds', timezone('utc', clock_timestamp())) FROM event_reader WHERE event_reader.space_id = NEW.space_id; RETURN NULL; END $$;



CREATE FUNCTION public.outbox_reply_received() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO outbox_event (space_id, kind, object_id, account_id, schedule_id, recipient_id, state, due_at, reason, at) SELECT NEW.space_id, 'reply.received', NEW.id, NEW.account_id, (SELECT schedule_id FROM message WHERE id = NEW.message_id), NEW.recipient_id, NEW.message_id, NULL, '', date_trunc('milliseconds', timezone('utc', clock_timestamp())) FROM event_reader WHERE event_reader.space_id = NEW.space_id; RETURN NULL; END $$;



CREATE FUNCTION public.outbox_schedule_ended() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO outbox_event (space_id, kind, object_id, account_id, schedule_id, recipient_id, state, due_at, reason, at) SELECT NEW.space_id, 'schedule.ended', NEW.id, NEW.account_id, NEW.id, NULL, NEW.status, NULL, '', date_trunc('milliseconds', timezone('utc', clock_timestamp())) FROM event_reader WHERE event_reader.space_id = NEW.space_id; RETURN NULL; END $$;



CREATE FUNCTION public.outbox_send_held() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO outbox_event (space_id, kind, object_id, account_id, schedule_id, recipient_id, state, due_at, reason, at) SELECT one.space_id, 'schedule.hold_changed', one.id, one.account_id, one.id, NULL, NEW.state, coalesce((SELECT due_at FROM message WHERE schedule_id = NEW.schedule_id AND occurrence_at = NEW.occurrence_at ORDER BY due_at LIMIT 1), NEW.occurrence_at), '', date_trunc('milliseconds', timezone('utc', clock_timestamp())) FROM schedule AS one JOIN event_reader ON event_reader.space_id = one.space_id WHERE one.id = NEW.schedule_id; RETURN NULL; END $$;



CREATE FUNCTION public.outbox_taken_back() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO outbox_event (space_id, kind, object_id, account_id, schedule_id, recipient_id, state, due_at, reason, at) SELECT NEW.space_id, 'message.taken_back', NEW.id, NEW.account_id, NEW.schedule_id, NEW.recipient_id, NEW.status, NEW.due_at, NEW.reason, date_trunc('milliseconds', timezone('utc', clock_timestamp())) FROM event_reader WHERE event_reader.space_id = NEW.space_id; RETURN NULL; END $$;



CREATE FUNCTION public.outbox_voted() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO outbox_event (space_id, kind, object_id, account_id, schedule_id, recipient_id, state, due_at, reason, at) SELECT one.space_id, 'poll.voted', one.id, one.account_id, one.schedule_id, coalesce(NEW.recipient_id, one.recipient_id), NEW.chosen, one.due_at, '', date_trunc('milliseconds', timezone('utc', clock_timestamp())) FROM message AS one JOIN event_reader ON event_reader.space_id = one.space_id WHERE one.id = NEW.message_id; RETURN NULL; END $$;



CREATE FUNCTION public.outbox_voted_anew() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN INSERT INTO outbox_event (space_id, kind, object_id, account_id, schedule_id, recipient_id, state, due_at, reason, at) SELECT one.space_id, 'poll.voted', one.id, one.account_id, one.schedule_id, coalesce(NEW.recipient_id, one.recipient_id), NEW.chosen, one.due_at, '', date_trunc('milliseconds', timezone('utc', clock_timestamp())) FROM message AS one JOIN event_reader ON event_reader.space_id = one.space_id WHERE one.id = NEW.message_id; RETURN NULL; END $$;



CREATE FUNCTION public.tell_of_changes() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN PERFORM pg_notify('wasched_changes', ''); RETURN NULL; END $$;


SET default_tablespace = '';

SET default_table_access_method = heap;


CREATE TABLE public.account (
    id integer NOT NULL,
    space_id bigint NOT NULL,
    name character varying NOT NULL,
    zone character varying NOT NULL,
    created_at timestamp without time zone NOT NULL,
    paused_at timestamp without time zone,
    paused_by_id bigint,
    removed_at timestamp without time zone,
    state character varying NOT NULL,
    state_code character varying NOT NULL,
    state_detail character varying NOT NULL,
    state_since timestamp without time zone NOT NULL,
    state_until timestamp without time zone,
    jid character varying,
    lid character varying,
    push_name character varying NOT NULL,
    linked_at timestamp without time zone,
    heard_at timestamp without time zone,
    gap_min_s double precision NOT NULL,
    gap_max_s double precision NOT NULL,
    daily_cap bigint NOT NULL,
    stranger_cap bigint NOT NULL,
    quiet_from time without time zone,
    quiet_to time without time zone,
    typing boolean NOT NULL,
    held_until timestamp without time zone,
    held_reason character varying NOT NULL,
    next_send_at timestamp without time zone,
    last_check_at timestamp without time zone,
    CONSTRAINT ck_account_caps CHECK (((daily_cap >= 1) AND (stranger_cap >= 0))),
    CONSTRAINT ck_account_gap CHECK (((gap_min_s >= (0)::double precision) AND (gap_max_s >= gap_min_s))),
    CONSTRAINT ck_account_quiet CHECK (((quiet_from IS NULL) = (quiet_to IS NULL))),
    CONSTRAINT ck_account_state CHECK (((state)::text = ANY ((ARRAY['connecting'::character varying, 'connected'::character varying, 'reconnecting'::character varying, 'needs_link'::character varying, 'logged_out'::character varying, 'replaced'::character varying, 'outdated'::character varying, 'banned'::character varying, 'needs_passkey'::character varying, 'error'::character varying])::text[])))
);



CREATE TABLE public.account_day (
    account_id bigint NOT NULL,
    day date NOT NULL,
    sent bigint NOT NULL,
    soon bigint NOT NULL,
    in_time bigint NOT NULL,
    arrived bigint NOT NULL,
    read bigint NOT NULL,
    answered bigint NOT NULL,
    opted_out bigint NOT NULL,
    refused bigint NOT NULL,
    strangers_refused bigint NOT NULL,
    absent bigint NOT NULL,
    counted_at timestamp without time zone NOT NULL
);



CREATE SEQUENCE public.account_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.account_id_seq OWNED BY public.account.id;



CREATE TABLE public.acquaintance (
    account_id bigint NOT NULL,
    recipient_id bigint NOT NULL,
    since timestamp without time zone NOT NULL
);



CREATE TABLE public.alembic_version (
    version_num character varying NOT NULL
);



CREATE TABLE public.alert (
    id integer NOT NULL,
    incident_id bigint NOT NULL,
    way_id bigint NOT NULL,
    is_over boolean NOT NULL,
    try_at timestamp without time zone NOT NULL,
    tries bigint NOT NULL,
    sent_at timestamp without time zone,
    given_up_at timestamp without time zone
);



CREATE SEQUENCE public.alert_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.alert_id_seq OWNED BY public.alert.id;



CREATE TABLE public.alert_quiet (
    user_id bigint NOT NULL,
    quiet_from time without time zone NOT NULL,
    quiet_to time without time zone NOT NULL
);



CREATE TABLE public.alert_way (
    id integer NOT NULL,
    user_id bigint NOT NULL,
    kind character varying NOT NULL,
    label character varying NOT NULL,
    address character varying NOT NULL,
    kinds jsonb NOT NULL,
    fault character varying NOT NULL,
    sign_in_id bigint,
    created_at timestamp without time zone NOT NULL
);



CREATE SEQUENCE public.alert_way_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.alert_way_id_seq OWNED BY public.alert_way.id;



CREATE TABLE public.amendment (
    id integer NOT NULL,
    space_id bigint NOT NULL,
    account_id bigint NOT NULL,
    message_id bigint NOT NULL,
    kind character varying NOT NULL,
    state character varying NOT NULL,
    content jsonb NOT NULL,
    before character varying NOT NULL,
    asked_by_id bigint,
    asked_at timestamp without time zone NOT NULL,
    until timestamp without time zone NOT NULL,
    try_at timestamp without time zone NOT NULL,
    tries bigint NOT NULL,
    reason character varying NOT NULL,
    ended_at timestamp without time zone,
    whatsapp_id character varying,
    CONSTRAINT ck_amendment_kind CHECK (((kind)::text = ANY ((ARRAY['delete'::character varying, 'correct'::character varying])::text[]))),
    CONSTRAINT ck_amendment_state CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'done'::character varying, 'failed'::character varying])::text[])))
);



CREATE SEQUENCE public.amendment_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.amendment_id_seq OWNED BY public.amendment.id;



CREATE TABLE public.api_key (
    id integer NOT NULL,
    space_id bigint NOT NULL,
    made_by_id bigint NOT NULL,
    name character varying NOT NULL,
    token_hash character varying NOT NULL,
    scopes jsonb NOT NULL,
    account_ids jsonb NOT NULL,
    confirms boolean DEFAULT true NOT NULL,
    created_at timestamp without time zone NOT NULL,
    expires_at timestamp without time zone,
    used_at timestamp without time zone,
    used_from character varying NOT NULL
);



CREATE SEQUENCE public.api_key_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.api_key_id_seq OWNED BY public.api_key.id;



CREATE TABLE public.attempt (
    id integer NOT NULL,
    message_id bigint NOT NULL,
    number bigint NOT NULL,
    secret bytea NOT NULL,
    started_at timestamp without time zone NOT NULL,
    ended_at timestamp without time zone,
    outcome character varying NOT NULL,
    detail character varying NOT NULL,
    whatsapp_id character varying,
    CONSTRAINT ck_attempt_outcome CHECK (((outcome)::text = ANY ((ARRAY['open'::character varying, 'taken'::character varying, 'refused'::character varying, 'not_sent'::character varying, 'unknown'::character varying])::text[]))),
    CONSTRAINT ck_attempt_secret CHECK ((length(secret) = 32))
);



CREATE SEQUENCE public.attempt_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.attempt_id_seq OWNED BY public.attempt.id;



CREATE TABLE public.audit_entry (
    id integer NOT NULL,
    user_id bigint,
    space_id bigint,
    kind character varying NOT NULL,
    what character varying NOT NULL,
    address character varying NOT NULL,
    key_name character varying DEFAULT ''::character varying NOT NULL,
    at timestamp without time zone NOT NULL
);



CREATE SEQUENCE public.audit_entry_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.audit_entry_id_seq OWNED BY public.audit_entry.id;



CREATE TABLE public.brought_over (
    kind character varying NOT NULL,
    old character varying NOT NULL,
    row_id bigint NOT NULL,
    at timestamp without time zone NOT NULL,
    CONSTRAINT ck_brought_over_kind CHECK (((kind)::text = ANY ((ARRAY['list'::character varying, 'daily'::character varying, 'item'::character varying])::text[])))
);



CREATE TABLE public.calendar_address (
    user_id bigint NOT NULL,
    space_id bigint NOT NULL,
    token_hash character varying NOT NULL,
    created_at timestamp without time zone NOT NULL,
    told jsonb NOT NULL
);



CREATE TABLE public.change (
    id integer NOT NULL,
    space_id bigint NOT NULL,
    user_id bigint NOT NULL,
    topic character varying NOT NULL,
    at timestamp without time zone NOT NULL
);



CREATE SEQUENCE public.change_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.change_id_seq OWNED BY public.change.id;



CREATE TABLE public.contact (
    account_id bigint NOT NULL,
    phone character varying NOT NULL,
    space_id bigint NOT NULL,
    name character varying NOT NULL,
    push_name character varying NOT NULL
);



CREATE TABLE public.draft (
    id integer NOT NULL,
    user_id bigint NOT NULL,
    space_id bigint NOT NULL,
    body character varying NOT NULL,
    to_whom character varying NOT NULL,
    words character varying NOT NULL,
    media jsonb NOT NULL,
    version bigint NOT NULL,
    created_at timestamp without time zone NOT NULL,
    changed_at timestamp without time zone NOT NULL
);



CREATE SEQUENCE public.draft_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.draft_id_seq OWNED BY public.draft.id;



CREATE TABLE public.event_reader (
    space_id bigint NOT NULL,
    asked_at timestamp without time zone
);



CREATE TABLE public.group_invite (
    group_id bigint NOT NULL,
    account_id bigint NOT NULL,
    asked_at timestamp without time zone,
    link character varying NOT NULL,
    told_at timestamp without time zone,
    refusal character varying NOT NULL
);



CREATE TABLE public.group_member (
    group_id bigint NOT NULL,
    address character varying NOT NULL,
    lid character varying
);



CREATE TABLE public.half_sign_in (
    token_hash character varying NOT NULL,
    user_id bigint NOT NULL,
    password_print character varying NOT NULL,
    expires_at timestamp without time zone NOT NULL
);



CREATE TABLE public.heartbeat (
    worker character varying NOT NULL,
    at timestamp without time zone NOT NULL,
    started_at timestamp without time zone NOT NULL
);



CREATE TABLE public.import_row (
    id integer NOT NULL,
    import_id bigint NOT NULL,
    "position" bigint NOT NULL,
    line bigint NOT NULL,
    verdict character varying NOT NULL,
    why character varying NOT NULL,
    typed character varying,
    phone character varying,
    name character varying NOT NULL,
    sort_key character varying NOT NULL,
    notes character varying NOT NULL,
    fields jsonb NOT NULL,
    recipient_id bigint,
    had_name character varying,
    had_sort_key character varying NOT NULL,
    had_notes character varying NOT NULL,
    had_fields jsonb NOT NULL,
    had_gone boolean NOT NULL,
    joined boolean NOT NULL,
    CONSTRAINT ck_import_row_verdict CHECK (((verdict)::text = ANY ((ARRAY['new'::character varying, 'changed'::character varying, 'same'::character varying, 'double'::character varying, 'wrong'::character varying])::text[])))
);



CREATE SEQUENCE public.import_row_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.import_row_id_seq OWNED BY public.import_row.id;



CREATE TABLE public.incident (
    id integer NOT NULL,
    kind character varying NOT NULL,
    subject character varying NOT NULL,
    space_id bigint,
    what character varying NOT NULL,
    began_at timestamp without time zone NOT NULL,
    seen_at timestamp without time zone NOT NULL,
    told_at timestamp without time zone,
    over_at timestamp without time zone,
    returns bigint NOT NULL,
    CONSTRAINT ck_incident_kind CHECK (((kind)::text = ANY ((ARRAY['link_ended'::character varying, 'link_lost'::character varying, 'restricted'::character varying, 'phone_silent'::character varying, 'missed'::character varying, 'failed'::character varying, 'approval'::character varying, 'webhook_off'::character varying, 'worker_silent'::character varying, 'server_silent'::character varying, 'sending'::character varying, 'storage'::character varying, 'disk_low'::character varying, 'queue'::character varying, 'clock'::character varying, 'back_up_old'::character varying, 'send_held'::character varying])::text[])))
);



CREATE SEQUENCE public.incident_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.incident_id_seq OWNED BY public.incident.id;



CREATE TABLE public.invitation (
    id integer NOT NULL,
    token_hash character varying NOT NULL,
    note character varying NOT NULL,
    space_id bigint,
    role character varying NOT NULL,
    by_user_id bigint NOT NULL,
    created_at timestamp without time zone NOT NULL,
    expires_at timestamp without time zone NOT NULL,
    CONSTRAINT ck_invitation_role CHECK (((role)::text = ANY ((ARRAY['manager'::character varying, 'editor'::character varying, 'author'::character varying, 'viewer'::character varying])::text[])))
);



CREATE SEQUENCE public.invitation_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.invitation_id_seq OWNED BY public.invitation.id;



CREATE TABLE public.kept_answer (
    key_id bigint NOT NULL,
    name character varying NOT NULL,
    request_hash character varying NOT NULL,
    body character varying NOT NULL,
    location character varying NOT NULL,
    at timestamp without time zone NOT NULL
);



CREATE TABLE public.keyword (
    id integer NOT NULL,
    space_id bigint NOT NULL,
    words character varying NOT NULL,
    field character varying NOT NULL,
    value character varying NOT NULL,
    list_id bigint,
    move character varying NOT NULL,
    answer character varying NOT NULL,
    created_at timestamp without time zone NOT NULL,
    changed_at timestamp without time zone NOT NULL,
    changed_by_id bigint,
    version bigint NOT NULL,
    CONSTRAINT ck_keyword_list CHECK (((list_id IS NULL) = ((move)::text = ''::text))),
    CONSTRAINT ck_keyword_move CHECK (((move)::text = ANY ((ARRAY[''::character varying, 'into'::character varying, 'out'::character varying])::text[])))
);



CREATE TABLE public.keyword_form (
    space_id bigint NOT NULL,
    form character varying NOT NULL,
    keyword_id bigint NOT NULL
);



CREATE SEQUENCE public.keyword_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.keyword_id_seq OWNED BY public.keyword.id;



CREATE TABLE public.keyword_use (
    id integer NOT NULL,
    space_id bigint NOT NULL,
    account_id bigint NOT NULL,
    person_id bigint NOT NULL,
    keyword_id bigint NOT NULL,
    whatsapp_id character varying NOT NULL,
    at timestamp without time zone NOT NULL,
    is_quick boolean NOT NULL,
    field character varying NOT NULL,
    value character varying NOT NULL,
    list_name character varying NOT NULL,
    move character varying NOT NULL,
    answer character varying NOT NULL,
    answer_id bigint,
    CONSTRAINT ck_keyword_use_answer CHECK (((answer)::text = ANY ((ARRAY[''::character varying, 'answered'::character varying, 'lately'::character varying, 'enough'::character varying, 'machine'::character varying, 'opted_out'::character varying, 'old'::character varying])::text[]))),
    CONSTRAINT ck_keyword_use_move CHECK (((move)::text = ANY ((ARRAY[''::character varying, 'into'::character varying, 'out'::character varying])::text[])))
);



CREATE SEQUENCE public.keyword_use_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.keyword_use_id_seq OWNED BY public.keyword_use.id;



CREATE TABLE public.lease (
    account_id bigint NOT NULL,
    holder character varying NOT NULL,
    until timestamp without time zone NOT NULL
);



CREATE TABLE public.link_wish (
    account_id bigint NOT NULL,
    wish character varying NOT NULL,
    phone character varying NOT NULL,
    answer character varying NOT NULL,
    asked_at timestamp without time zone NOT NULL,
    CONSTRAINT ck_link_wish_wish CHECK (((wish)::text = ANY ((ARRAY['connect'::character varying, 'pair_by_code'::character varying, 'link_by_passkey'::character varying, 'answer_passkey'::character varying, 'same_code'::character varying, 'other_code'::character varying, 'unlink'::character varying, 'reopen'::character varying])::text[])))
);



CREATE TABLE public.list_member (
    list_id bigint NOT NULL,
    recipient_id bigint NOT NULL
);



CREATE TABLE public.list_part (
    list_id bigint NOT NULL,
    part_id bigint NOT NULL,
    CONSTRAINT ck_list_part_other CHECK ((list_id <> part_id))
);



CREATE TABLE public.media_file (
    id integer NOT NULL,
    space_id bigint NOT NULL,
    digest character varying NOT NULL,
    name character varying NOT NULL,
    mimetype character varying NOT NULL,
    size bigint NOT NULL,
    width bigint NOT NULL,
    height bigint NOT NULL,
    seconds bigint NOT NULL,
    video_codec character varying NOT NULL,
    audio_codec character varying NOT NULL,
    pages bigint NOT NULL,
    waveform character varying NOT NULL,
    is_damaged boolean NOT NULL,
    tells_origin boolean NOT NULL,
    state character varying NOT NULL,
    reason character varying NOT NULL,
    made_from bigint,
    kind character varying NOT NULL,
    created_at timestamp without time zone NOT NULL,
    used_at timestamp without time zone NOT NULL,
    CONSTRAINT ck_media_file_digest CHECK ((((state)::text <> 'ready'::text) OR ((digest)::text <> ''::text))),
    CONSTRAINT ck_media_file_state CHECK (((state)::text = ANY ((ARRAY['ready'::character varying, 'preparing'::character varying, 'refused'::character varying])::text[])))
);



CREATE SEQUENCE public.media_file_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.media_file_id_seq OWNED BY public.media_file.id;



CREATE TABLE public.membership (
    user_id bigint NOT NULL,
    space_id bigint NOT NULL,
    role character varying NOT NULL,
    joined_at timestamp without time zone NOT NULL,
    to_hear_of_replies boolean DEFAULT false NOT NULL,
    CONSTRAINT ck_membership_role CHECK (((role)::text = ANY ((ARRAY['manager'::character varying, 'editor'::character varying, 'author'::character varying, 'viewer'::character varying])::text[])))
);



CREATE TABLE public.message (
    id integer NOT NULL,
    space_id bigint NOT NULL,
    schedule_id bigint NOT NULL,
    account_id bigint NOT NULL,
    recipient_id bigint NOT NULL,
    occurrence_at timestamp without time zone NOT NULL,
    due_at timestamp without time zone NOT NULL,
    try_at timestamp without time zone NOT NULL,
    late_at timestamp without time zone NOT NULL,
    status character varying NOT NULL,
    reason character varying NOT NULL,
    attempts bigint NOT NULL,
    sent_text character varying NOT NULL,
    sent_at timestamp without time zone,
    delivered_at timestamp without time zone,
    read_at timestamp without time zone,
    settled_at timestamp without time zone,
    dismissed_at timestamp without time zone,
    replied_at timestamp without time zone,
    taken_back_at timestamp without time zone,
    group_others bigint,
    CONSTRAINT ck_message_late_at CHECK ((late_at >= due_at)),
    CONSTRAINT ck_message_sent_at CHECK ((((status)::text <> ALL ((ARRAY['sent'::character varying, 'delivered'::character varying, 'read'::character varying, 'played'::character varying])::text[])) OR (sent_at IS NOT NULL))),
    CONSTRAINT ck_message_status CHECK (((status)::text = ANY ((ARRAY['scheduled'::character varying, 'sending'::character varying, 'sent'::character varying, 'delivered'::character varying, 'read'::character varying, 'played'::character varying, 'unknown'::character varying, 'failed'::character varying, 'missed'::character varying, 'skipped'::character varying, 'cancelled'::character varying])::text[])))
);



CREATE SEQUENCE public.message_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.message_id_seq OWNED BY public.message.id;



CREATE TABLE public.number (
    digits character varying NOT NULL,
    linked_at timestamp without time zone NOT NULL,
    warms_up boolean NOT NULL,
    switched_at timestamp without time zone,
    switched_by_id bigint
);



CREATE TABLE public.number_check (
    space_id bigint NOT NULL,
    phone character varying NOT NULL,
    asked_at timestamp without time zone,
    is_urgent boolean NOT NULL,
    checked_at timestamp without time zone,
    registered boolean,
    jid character varying,
    lid character varying
);



CREATE TABLE public.number_period (
    id integer NOT NULL,
    digits character varying NOT NULL,
    account_id bigint NOT NULL,
    since timestamp without time zone NOT NULL,
    until timestamp without time zone
);



CREATE SEQUENCE public.number_period_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.number_period_id_seq OWNED BY public.number_period.id;



CREATE TABLE public.outbox_event (
    id integer NOT NULL,
    space_id bigint NOT NULL,
    kind character varying NOT NULL,
    object_id bigint NOT NULL,
    account_id bigint,
    schedule_id bigint,
    recipient_id bigint,
    state character varying NOT NULL,
    due_at timestamp without time zone,
    reason character varying NOT NULL,
    at timestamp without time zone NOT NULL
);



CREATE SEQUENCE public.outbox_event_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.outbox_event_id_seq OWNED BY public.outbox_event.id;



CREATE TABLE public.pairing (
    account_id bigint NOT NULL,
    kind character varying NOT NULL,
    code character varying NOT NULL,
    phone character varying NOT NULL,
    refusal character varying NOT NULL,
    shown_at timestamp without time zone NOT NULL,
    expires_at timestamp without time zone NOT NULL,
    CONSTRAINT ck_pairing_kind CHECK (((kind)::text = ANY ((ARRAY['qr'::character varying, 'code'::character varying])::text[])))
);



CREATE TABLE public.passkey (
    id integer NOT NULL,
    user_id bigint NOT NULL,
    name character varying NOT NULL,
    host character varying NOT NULL,
    credential_id character varying NOT NULL,
    public_key bytea NOT NULL,
    sign_count bigint NOT NULL,
    created_at timestamp without time zone NOT NULL,
    used_at timestamp without time zone
);



CREATE TABLE public.passkey_challenge (
    challenge_hash character varying NOT NULL,
    asker_hash character varying NOT NULL,
    expires_at timestamp without time zone NOT NULL
);



CREATE SEQUENCE public.passkey_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.passkey_id_seq OWNED BY public.passkey.id;



CREATE TABLE public.passkey_link (
    account_id bigint NOT NULL,
    request character varying NOT NULL,
    expires_at timestamp without time zone,
    refusal character varying NOT NULL,
    taken_at timestamp without time zone,
    code character varying NOT NULL,
    must_confirm boolean NOT NULL,
    hour_began_at timestamp without time zone,
    begun bigint NOT NULL,
    linked_at timestamp without time zone
);



CREATE TABLE public.password_link (
    user_id bigint NOT NULL,
    token_hash character varying NOT NULL,
    expires_at timestamp without time zone NOT NULL,
    ends_second_step boolean NOT NULL
);



CREATE TABLE public.password_request (
    id integer NOT NULL,
    email character varying NOT NULL,
    at timestamp without time zone NOT NULL
);



CREATE SEQUENCE public.password_request_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.password_request_id_seq OWNED BY public.password_request.id;



CREATE TABLE public.people_import (
    id integer NOT NULL,
    user_id bigint NOT NULL,
    space_id bigint NOT NULL,
    token character varying NOT NULL,
    name character varying NOT NULL,
    columns jsonb NOT NULL,
    samples jsonb NOT NULL,
    mapping jsonb NOT NULL,
    country character varying NOT NULL,
    sheet character varying DEFAULT ''::character varying NOT NULL,
    sheets jsonb DEFAULT '[]'::jsonb NOT NULL,
    hidden_sheets bigint DEFAULT '0'::bigint NOT NULL,
    state character varying NOT NULL,
    counts jsonb NOT NULL,
    holder character varying NOT NULL,
    taken_at timestamp without time zone,
    tries bigint NOT NULL,
    done bigint NOT NULL,
    total bigint NOT NULL,
    why character varying NOT NULL,
    list_id bigint,
    created_at timestamp without time zone NOT NULL,
    saved_at timestamp without time zone,
    CONSTRAINT ck_people_import_state CHECK (((state)::text = ANY ((ARRAY['reading'::character varying, 'read'::character varying, 'saved'::character varying, 'undone'::character varying])::text[])))
);



CREATE SEQUENCE public.people_import_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.people_import_id_seq OWNED BY public.people_import.id;



CREATE TABLE public.post_views (
    message_id bigint NOT NULL,
    account_id bigint NOT NULL,
    asked_at timestamp without time zone,
    views bigint,
    told_at timestamp without time zone
);



CREATE TABLE public.reaction (
    id integer NOT NULL,
    message_id bigint NOT NULL,
    recipient_id bigint,
    number character varying,
    lid character varying,
    name character varying NOT NULL,
    emoji character varying NOT NULL,
    at timestamp without time zone NOT NULL
);



CREATE SEQUENCE public.reaction_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.reaction_id_seq OWNED BY public.reaction.id;



CREATE TABLE public.receipt (
    id integer NOT NULL,
    account_id bigint NOT NULL,
    whatsapp_id character varying NOT NULL,
    kind character varying NOT NULL,
    by character varying NOT NULL,
    at timestamp without time zone NOT NULL,
    CONSTRAINT ck_receipt_kind CHECK (((kind)::text = ANY ((ARRAY['delivered'::character varying, 'read'::character varying, 'played'::character varying])::text[])))
);



CREATE SEQUENCE public.receipt_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.receipt_id_seq OWNED BY public.receipt.id;



CREATE TABLE public.recipient (
    id integer NOT NULL,
    space_id bigint NOT NULL,
    kind character varying NOT NULL,
    name character varying NOT NULL,
    sort_key character varying NOT NULL,
    phone character varying,
    jid character varying,
    lid character varying,
    fields jsonb NOT NULL,
    notes character varying NOT NULL,
    on_whatsapp boolean,
    checked_at timestamp without time zone,
    account_id bigint,
    size bigint NOT NULL,
    announce_only boolean NOT NULL,
    may_write boolean NOT NULL,
    left_at timestamp without time zone,
    opted_out_at timestamp without time zone,
    removed_at timestamp without time zone,
    created_at timestamp without time zone NOT NULL,
    changed_by_id bigint,
    changed_at timestamp without time zone,
    version bigint DEFAULT '1'::bigint NOT NULL,
    CONSTRAINT ck_recipient_address CHECK (((phone IS NOT NULL) OR (jid IS NOT NULL))),
    CONSTRAINT ck_recipient_kind CHECK (((kind)::text = ANY ((ARRAY['person'::character varying, 'group'::character varying, 'status'::character varying, 'channel'::character varying])::text[])))
);



CREATE SEQUENCE public.recipient_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.recipient_id_seq OWNED BY public.recipient.id;



CREATE TABLE public.recipient_list (
    id integer NOT NULL,
    space_id bigint NOT NULL,
    name character varying NOT NULL,
    created_at timestamp without time zone NOT NULL,
    changed_at timestamp without time zone NOT NULL,
    changed_by_id bigint,
    version bigint DEFAULT '1'::bigint NOT NULL
);



CREATE SEQUENCE public.recipient_list_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.recipient_list_id_seq OWNED BY public.recipient_list.id;



CREATE TABLE public.recovery_code (
    id integer NOT NULL,
    user_id bigint NOT NULL,
    code_hash character varying NOT NULL
);



CREATE SEQUENCE public.recovery_code_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.recovery_code_id_seq OWNED BY public.recovery_code.id;



CREATE TABLE public.reply (
    id integer NOT NULL,
    space_id bigint NOT NULL,
    account_id bigint NOT NULL,
    message_id bigint NOT NULL,
    recipient_id bigint NOT NULL,
    person_id bigint,
    whatsapp_id character varying NOT NULL,
    by character varying NOT NULL,
    by_alt character varying NOT NULL,
    name character varying NOT NULL,
    kind character varying NOT NULL,
    text character varying NOT NULL,
    matched_by character varying NOT NULL,
    at timestamp without time zone NOT NULL,
    edited_at timestamp without time zone,
    answered_at timestamp without time zone,
    CONSTRAINT ck_reply_kind CHECK (((kind)::text = ANY ((ARRAY['text'::character varying, 'photo'::character varying, 'video'::character varying, 'voice'::character varying, 'audio'::character varying, 'document'::character varying, 'sticker'::character varying, 'location'::character varying, 'contact'::character varying])::text[]))),
    CONSTRAINT ck_reply_matched_by CHECK (((matched_by)::text = ANY ((ARRAY['quote'::character varying, 'window'::character varying])::text[])))
);



CREATE SEQUENCE public.reply_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.reply_id_seq OWNED BY public.reply.id;



CREATE TABLE public.schedule (
    id integer NOT NULL,
    space_id bigint NOT NULL,
    made_by_id bigint,
    changed_by_id bigint,
    version bigint DEFAULT '1'::bigint NOT NULL,
    account_id bigint NOT NULL,
    contents jsonb NOT NULL,
    preview character varying NOT NULL,
    starts_local timestamp without time zone NOT NULL,
    zone character varying NOT NULL,
    rrule character varying NOT NULL,
    month_end character varying NOT NULL,
    exdates jsonb NOT NULL,
    late_window_s bigint NOT NULL,
    respects_quiet_hours boolean NOT NULL,
    stops_on_reply boolean NOT NULL,
    status character varying NOT NULL,
    next_at timestamp without time zone,
    next_local timestamp without time zone,
    tzdata character varying NOT NULL,
    created_at timestamp without time zone NOT NULL,
    changed_at timestamp without time zone NOT NULL,
    series_id bigint,
    series_day date,
    approval character varying DEFAULT ''::character varying NOT NULL,
    approval_turn bigint DEFAULT '0'::bigint NOT NULL,
    approval_word character varying DEFAULT ''::character varying NOT NULL,
    asked_by_id bigint,
    asked_at timestamp without time zone,
    decided_by_id bigint,
    decided_at timestamp without time zone,
    answers_word character varying DEFAULT ''::character varying NOT NULL,
    nudge jsonb DEFAULT '{}'::jsonb NOT NULL,
    nudge_of_id bigint,
    nudge_of_at timestamp without time zone,
    has_not character varying DEFAULT ''::character varying NOT NULL,
    CONSTRAINT ck_schedule_approval CHECK (((approval)::text = ANY ((ARRAY[''::character varying, 'waiting'::character varying, 'refused'::character varying])::text[]))),
    CONSTRAINT ck_schedule_late_window CHECK ((late_window_s >= 0)),
    CONSTRAINT ck_schedule_status CHECK (((status)::text = ANY ((ARRAY['active'::character varying, 'paused'::character varying, 'ended'::character varying, 'cancelled'::character varying])::text[])))
);



CREATE SEQUENCE public.schedule_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.schedule_id_seq OWNED BY public.schedule.id;



CREATE TABLE public.schedule_left_out (
    schedule_id bigint NOT NULL,
    recipient_id bigint NOT NULL
);



CREATE TABLE public.schedule_list (
    schedule_id bigint NOT NULL,
    list_id bigint NOT NULL,
    is_out boolean NOT NULL
);



CREATE TABLE public.schedule_recipient (
    schedule_id bigint NOT NULL,
    recipient_id bigint NOT NULL,
    is_direct boolean NOT NULL,
    stopped_at timestamp without time zone
);



CREATE TABLE public.second_step (
    user_id bigint NOT NULL,
    secret character varying NOT NULL,
    last_step bigint NOT NULL,
    since timestamp without time zone NOT NULL
);



CREATE TABLE public.send_hold (
    id integer NOT NULL,
    schedule_id bigint NOT NULL,
    occurrence_at timestamp without time zone NOT NULL,
    state character varying NOT NULL,
    held_at timestamp without time zone NOT NULL,
    measure character varying NOT NULL,
    bad bigint NOT NULL,
    seen bigint NOT NULL,
    past_bad bigint NOT NULL,
    past_seen bigint NOT NULL,
    decided_at timestamp without time zone,
    decided_by_id bigint,
    CONSTRAINT ck_send_hold_measure CHECK (((measure)::text = ANY ((ARRAY['refused'::character varying, 'slow'::character varying, 'undelivered'::character varying])::text[]))),
    CONSTRAINT ck_send_hold_state CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'gone_on'::character varying, 'taken_back'::character varying, 'over'::character varying])::text[])))
);



CREATE SEQUENCE public.send_hold_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.send_hold_id_seq OWNED BY public.send_hold.id;



CREATE TABLE public.sent_poll (
    message_id bigint NOT NULL,
    question character varying NOT NULL,
    options jsonb NOT NULL,
    choices bigint NOT NULL
);



CREATE TABLE public.setting (
    name character varying NOT NULL,
    value character varying NOT NULL
);



CREATE TABLE public.sign_in (
    id integer NOT NULL,
    user_id bigint NOT NULL,
    token_hash character varying NOT NULL,
    created_at timestamp without time zone NOT NULL,
    seen_at timestamp without time zone NOT NULL,
    expires_at timestamp without time zone NOT NULL,
    confirmed_at timestamp without time zone,
    address character varying NOT NULL,
    agent character varying NOT NULL,
    space_id bigint
);



CREATE SEQUENCE public.sign_in_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.sign_in_id_seq OWNED BY public.sign_in.id;



CREATE TABLE public.sign_in_try (
    id integer NOT NULL,
    who character varying NOT NULL,
    at timestamp without time zone NOT NULL
);



CREATE SEQUENCE public.sign_in_try_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.sign_in_try_id_seq OWNED BY public.sign_in_try.id;



CREATE TABLE public.space (
    id integer NOT NULL,
    name character varying NOT NULL,
    created_at timestamp without time zone NOT NULL,
    keeps_replies_days bigint DEFAULT '30'::bigint NOT NULL,
    viewers_see_replies boolean DEFAULT false NOT NULL
);



CREATE SEQUENCE public.space_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.space_id_seq OWNED BY public.space.id;



CREATE TABLE public.template (
    id integer NOT NULL,
    space_id bigint NOT NULL,
    name character varying NOT NULL,
    text character varying NOT NULL,
    uses bigint NOT NULL,
    used_at timestamp without time zone,
    created_at timestamp without time zone NOT NULL,
    changed_at timestamp without time zone NOT NULL,
    changed_by_id bigint,
    version bigint DEFAULT '1'::bigint NOT NULL
);



CREATE SEQUENCE public.template_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.template_id_seq OWNED BY public.template.id;



CREATE TABLE public.unsettled_answer (
    id integer NOT NULL,
    account_id bigint NOT NULL,
    whatsapp_id character varying NOT NULL,
    kind character varying NOT NULL,
    sender character varying NOT NULL,
    sender_alt character varying NOT NULL,
    name character varying NOT NULL,
    iv bytea NOT NULL,
    body bytea NOT NULL,
    at timestamp without time zone NOT NULL,
    kept_at timestamp without time zone NOT NULL,
    CONSTRAINT ck_unsettled_answer_kind CHECK (((kind)::text = ANY ((ARRAY['vote'::character varying, 'reaction'::character varying])::text[])))
);



CREATE SEQUENCE public.unsettled_answer_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.unsettled_answer_id_seq OWNED BY public.unsettled_answer.id;



CREATE TABLE public.upload (
    token character varying NOT NULL,
    user_id bigint NOT NULL,
    space_id bigint NOT NULL,
    name character varying NOT NULL,
    size bigint NOT NULL,
    touched_at timestamp without time zone NOT NULL,
    CONSTRAINT ck_upload_size CHECK ((size > 0))
);



CREATE TABLE public."user" (
    id integer NOT NULL,
    email character varying NOT NULL,
    name character varying NOT NULL,
    password_hash character varying NOT NULL,
    is_admin boolean NOT NULL,
    zone character varying NOT NULL,
    created_at timestamp without time zone NOT NULL,
    removed_at timestamp without time zone
);



CREATE SEQUENCE public.user_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.user_id_seq OWNED BY public."user".id;



CREATE TABLE public.vote (
    id integer NOT NULL,
    message_id bigint NOT NULL,
    recipient_id bigint,
    number character varying,
    lid character varying,
    name character varying NOT NULL,
    chosen bigint,
    changes bigint NOT NULL,
    at timestamp without time zone NOT NULL
);



CREATE SEQUENCE public.vote_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.vote_id_seq OWNED BY public.vote.id;



CREATE TABLE public.webhook (
    id integer NOT NULL,
    space_id bigint NOT NULL,
    url character varying NOT NULL,
    kinds jsonb NOT NULL,
    has_texts boolean NOT NULL,
    secret character varying NOT NULL,
    old_secret character varying NOT NULL,
    old_secret_until timestamp without time zone,
    state character varying NOT NULL,
    state_since timestamp without time zone NOT NULL,
    seen_event_id bigint NOT NULL,
    failures bigint NOT NULL,
    failing_since timestamp without time zone,
    try_at timestamp without time zone,
    created_at timestamp without time zone NOT NULL,
    CONSTRAINT ck_webhook_state CHECK (((state)::text = ANY ((ARRAY['active'::character varying, 'paused'::character varying, 'off'::character varying, 'gone'::character varying])::text[])))
);



CREATE TABLE public.webhook_delivery (
    id integer NOT NULL,
    webhook_id bigint NOT NULL,
    event_id bigint NOT NULL,
    object character varying NOT NULL,
    state character varying NOT NULL,
    tries bigint NOT NULL,
    try_at timestamp without time zone NOT NULL,
    failing_since timestamp without time zone,
    tried_at timestamp without time zone,
    status bigint,
    answer character varying NOT NULL,
    CONSTRAINT ck_webhook_delivery_state CHECK (((state)::text = ANY ((ARRAY['waiting'::character varying, 'done'::character varying, 'failed'::character varying])::text[])))
);



CREATE SEQUENCE public.webhook_delivery_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.webhook_delivery_id_seq OWNED BY public.webhook_delivery.id;



CREATE SEQUENCE public.webhook_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;



ALTER SEQUENCE public.webhook_id_seq OWNED BY public.webhook.id;



ALTER TABLE ONLY public.account ALTER COLUMN id SET DEFAULT nextval('public.account_id_seq'::regclass);



ALTER TABLE ONLY public.alert ALTER COLUMN id SET DEFAULT nextval('public.alert_id_seq'::regclass);



ALTER TABLE ONLY public.alert_way ALTER COLUMN id SET DEFAULT nextval('public.alert_way_id_seq'::regclass);



ALTER TABLE ONLY public.amendment ALTER COLUMN id SET DEFAULT nextval('public.amendment_id_seq'::regclass);



ALTER TABLE ONLY public.api_key ALTER COLUMN id SET DEFAULT nextval('public.api_key_id_seq'::regclass);



ALTER TABLE ONLY public.attempt ALTER COLUMN id SET DEFAULT nextval('public.attempt_id_seq'::regclass);



ALTER TABLE ONLY public.audit_entry ALTER COLUMN id SET DEFAULT nextval('public.audit_entry_id_seq'::regclass);



ALTER TABLE ONLY public.change ALTER COLUMN id SET DEFAULT nextval('public.change_id_seq'::regclass);



ALTER TABLE ONLY public.draft ALTER COLUMN id SET DEFAULT nextval('public.draft_id_seq'::regclass);



ALTER TABLE ONLY public.import_row ALTER COLUMN id SET DEFAULT nextval('public.import_row_id_seq'::regclass);



ALTER TABLE ONLY public.incident ALTER COLUMN id SET DEFAULT nextval('public.incident_id_seq'::regclass);



ALTER TABLE ONLY public.invitation ALTER COLUMN id SET DEFAULT nextval('public.invitation_id_seq'::regclass);



ALTER TABLE ONLY public.keyword ALTER COLUMN id SET DEFAULT nextval('public.keyword_id_seq'::regclass);



ALTER TABLE ONLY public.keyword_use ALTER COLUMN id SET DEFAULT nextval('public.keyword_use_id_seq'::regclass);



ALTER TABLE ONLY public.media_file ALTER COLUMN id SET DEFAULT nextval('public.media_file_id_seq'::regclass);



ALTER TABLE ONLY public.message ALTER COLUMN id SET DEFAULT nextval('public.message_id_seq'::regclass);



ALTER TABLE ONLY public.number_period ALTER COLUMN id SET DEFAULT nextval('public.number_period_id_seq'::regclass);



ALTER TABLE ONLY public.outbox_event ALTER COLUMN id SET DEFAULT nextval('public.outbox_event_id_seq'::regclass);



ALTER TABLE ONLY public.passkey ALTER COLUMN id SET DEFAULT nextval('public.passkey_id_seq'::regclass);



ALTER TABLE ONLY public.password_request ALTER COLUMN id SET DEFAULT nextval('public.password_request_id_seq'::regclass);



ALTER TABLE ONLY public.people_import ALTER COLUMN id SET DEFAULT nextval('public.people_import_id_seq'::regclass);



ALTER TABLE ONLY public.reaction ALTER COLUMN id SET DEFAULT nextval('public.reaction_id_seq'::regclass);



ALTER TABLE ONLY public.receipt ALTER COLUMN id SET DEFAULT nextval('public.receipt_id_seq'::regclass);



ALTER TABLE ONLY public.recipient ALTER COLUMN id SET DEFAULT nextval('public.recipient_id_seq'::regclass);



ALTER TABLE ONLY public.recipient_list ALTER COLUMN id SET DEFAULT nextval('public.recipient_list_id_seq'::regclass);



ALTER TABLE ONLY public.recovery_code ALTER COLUMN id SET DEFAULT nextval('public.recovery_code_id_seq'::regclass);



ALTER TABLE ONLY public.reply ALTER COLUMN id SET DEFAULT nextval('public.reply_id_seq'::regclass);



ALTER TABLE ONLY public.schedule ALTER COLUMN id SET DEFAULT nextval('public.schedule_id_seq'::regclass);



ALTER TABLE ONLY public.send_hold ALTER COLUMN id SET DEFAULT nextval('public.send_hold_id_seq'::regclass);



ALTER TABLE ONLY public.sign_in ALTER COLUMN id SET DEFAULT nextval('public.sign_in_id_seq'::regclass);



ALTER TABLE ONLY public.sign_in_try ALTER COLUMN id SET DEFAULT nextval('public.sign_in_try_id_seq'::regclass);



ALTER TABLE ONLY public.space ALTER COLUMN id SET DEFAULT nextval('public.space_id_seq'::regclass);



ALTER TABLE ONLY public.template ALTER COLUMN id SET DEFAULT nextval('public.template_id_seq'::regclass);



ALTER TABLE ONLY public.unsettled_answer ALTER COLUMN id SET DEFAULT nextval('public.unsettled_answer_id_seq'::regclass);



ALTER TABLE ONLY public."user" ALTER COLUMN id SET DEFAULT nextval('public.user_id_seq'::regclass);



ALTER TABLE ONLY public.vote ALTER COLUMN id SET DEFAULT nextval('public.vote_id_seq'::regclass);



ALTER TABLE ONLY public.webhook ALTER COLUMN id SET DEFAULT nextval('public.webhook_id_seq'::regclass);



ALTER TABLE ONLY public.webhook_delivery ALTER COLUMN id SET DEFAULT nextval('public.webhook_delivery_id_seq'::regclass);



INSERT INTO public.account VALUES (1, 1001, 'Choir phone', 'Europe/Berlin', '2026-11-30 18:04:26', NULL, NULL, NULL, 'connected', '', '', '2026-11-30 15:04:26', NULL, '491510000001@s.whatsapp.net', NULL, '', '2026-10-21 18:04:26', NULL, 12, 25, 200, 20, NULL, NULL, false, NULL, '', NULL, NULL);
INSERT INTO public.account VALUES (2, 1001, 'Bakery', 'Europe/Berlin', '2026-11-30 18:04:26', NULL, NULL, NULL, 'logged_out', '', '', '2026-11-30 15:04:26', NULL, '491510000002@s.whatsapp.net', NULL, '', '2026-10-21 18:04:26', NULL, 12, 25, 200, 20, NULL, NULL, false, NULL, '', NULL, NULL);
INSERT INTO public.account VALUES (3, 1001, 'Miriam', 'Europe/Berlin', '2026-11-30 18:04:26', NULL, NULL, NULL, 'reconnecting', '', '', '2026-11-30 15:04:26', NULL, '491510000003@s.whatsapp.net', NULL, '', '2026-10-21 18:04:26', NULL, 12, 25, 200, 20, NULL, NULL, false, NULL, '', NULL, NULL);
INSERT INTO public.account VALUES (4, 1001, 'Tomás', 'Europe/Berlin', '2026-11-30 18:04:26', '2026-11-21 18:04:26', NULL, NULL, 'connected', '', '', '2026-11-30 15:04:26', NULL, '491510000004@s.whatsapp.net', NULL, '', '2026-10-21 18:04:26', NULL, 12, 25, 200, 20, NULL, NULL, false, NULL, '', NULL, NULL);









INSERT INTO public.alembic_version VALUES ('0033');


















INSERT INTO public.attempt VALUES (1, 1, 1, '\x5e353e5013f1c8908d2aeef6762dc314075a38fc67bc1aa99658c234b3bf0b47', '2026-11-30 15:04:26', '2026-11-30 15:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (2, 2, 1, '\x1327845b285909ddd702283fd5807db9b055c64c06efe5a776d866d4312eb931', '2026-11-30 08:04:26', '2026-11-30 08:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (3, 3, 1, '\xc4bba336d7e9482875963f0017053aff7cd5c9bd588ed1c5a7892d4769534219', '2026-11-30 01:04:26', '2026-11-30 01:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (4, 6, 1, '\xcac629500117d5676de233f718941c3b0cd8c3af2f85505e7a998f8353d4499d', '2026-11-30 16:04:26', '2026-11-30 16:04:26', 'unknown', '', NULL);
INSERT INTO public.attempt VALUES (5, 10, 1, '\xa40db02fd3680731aff5d882b5f121911c2368c38d8eac96cfb9325f55901534', '2026-11-29 18:04:26', '2026-11-29 18:04:26', 'refused', '', NULL);
INSERT INTO public.attempt VALUES (6, 11, 1, '\xa4c16b6ad0eb40c988034dd610a8b48233ad7d5c22e0daeaaa6684f0381e7693', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (7, 12, 1, '\xbe25c4a2b49b3fb3e052759f04171e97e9684db3c404af026fa54de2352b215c', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (8, 13, 1, '\xa3fa91c0ee09230586aa57611988548f2f78268b6d9cb6e6f7556eab30c8d597', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (9, 14, 1, '\x05d69e0a778c08f58f3f73a53fb749b92deb9d50f946c1bbfe05157596713102', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (10, 15, 1, '\xa0c49cb65c9f5201be5df8f20be8c3074a5156b5e947ab3467944b48eec264e7', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (11, 16, 1, '\xbd6cf0b35f438f2a2ed7b04d616a2b731c09424006a89d2b3bbe22be1721ae34', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (12, 17, 1, '\x45fe87dfc6e29f5460d7f1b2aefeb9c8a27ff6c4186075023dab57dcdb6ae088', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (13, 18, 1, '\xf7c13c1da83e766a201bd5a4eb8d63c49b359b327c16b6f9c36ab538ca89162f', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (14, 19, 1, '\x343dabf9b135d782859a1b71bc4933cba446b90202ed3327399518471c5cc369', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (15, 20, 1, '\x094ad3ec6282dea3c058799511c957534ede791518807d56fad5f6648ed3c8c5', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (16, 21, 1, '\xeed48b56a3ede68c5536cfa92392917aa3b765e5cc1f9e18832577d74229ae10', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (17, 22, 1, '\x8f8670ef16b64304b9a0b1fc997f011382717328625b3d39f4bf5c3fcd14c0e2', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (18, 23, 1, '\x848060a7e91799455c6a2e9b83fab52a59bfc0087fe6bd6d722ac05531118eb5', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (19, 24, 1, '\x6543b5a63eb16c85446e546b96d33631f446d00114b59e6d2b949640ab3d09e6', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (20, 25, 1, '\xdb573aba9224d84b6d8e59813dcd47c619f127fbdde5eba98420f3d99e4c4fc1', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (21, 26, 1, '\x7546bd7d770a8ac220f17da4e62a74dc6854e03a71fc549f0878d6b0c766d654', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (22, 27, 1, '\xd741774455c6ee077849eca800c07ca4bb47585cf16688fb433b9e10454d3e16', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (23, 28, 1, '\x61aa314b8c4fb1060f74b3f24d614f21c7696cafda6d44e3afbbc3fded4095e3', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (24, 29, 1, '\x728dd61136a01041c239df2a116a8e059eea07b31f7b8d68f64e9e3cd0c85cba', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (25, 30, 1, '\x0570134698a43c11c508e3beeecec541e95ab5ec0b30692f18f48d698358494c', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (26, 31, 1, '\xb1f8324318ca182fd83dcd5b2922495b9af2ec37479b7cf9b366f3aec86e448e', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (27, 32, 1, '\x8d3f304a99233e956af64515933211a12b79bbc605cd67a89ec20a0cde8bfb66', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (28, 33, 1, '\xdaf3c228566c0dec91ffe2dfe68371b91e3892979f36ae20dffe3cd3100e1554', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (29, 34, 1, '\x63f47f901cea47e815b1598b3bafbec2753a136af757208a933153b4ed551ab9', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (30, 35, 1, '\x7fde2b23ea7ab133c63df791de776a0ce405289f43b7453d83cfda80ebeeaf4f', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (31, 36, 1, '\x4205e97ee1350cf188bf9dc15054e41d7a0fc4cbfba5f13db613560b649b6a70', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (32, 37, 1, '\x19fe4ec8e7f0bf6edd9b9d3c5070879d1e2bc70e533cb69e034221dce7cef0c9', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (33, 38, 1, '\x345349daad6497b2cdeeba6e7185d4fe58b9031ea5e3223adda10bc782001f58', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (34, 39, 1, '\x01a49f7b6fb9397f0483888a8389671df05390745bba8667e2068326062f4098', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (35, 40, 1, '\x464f12b906abc17e6a5b1c5a8e35fd65f1b0eceb5da1a3e48357b5e224febcf2', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (36, 41, 1, '\x510653d660de38b87a02b18080355992b6068cde752cf611f5de3f537ed2896e', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (37, 42, 1, '\x967a3c7f990331582c37d5c2750e868cea5012c0f2cfc088387b3834e1aeb8c2', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (38, 43, 1, '\x631a78e9aea98b87d1762c300ffb50f4036675493bd0b19207189c96f58458bf', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (39, 44, 1, '\x86f6e5f2957a02a8ad06f3c4b14fdaa3384b327e98fbd0f79ed11ad2924f9f2b', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (40, 45, 1, '\x4a9c5e683570c194145e474d1dfd1906e117e7cd23d959893a21e20deb447787', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (41, 46, 1, '\x4f3239e3c89effcd86d96b94a7bf255f0bfa219d55f368493ac271f74c5f3b24', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (42, 47, 1, '\xe4f1eb0d72f471875fa09aaff8d6cb47bf4c3f201206e07b908e1b5e55616851', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (43, 48, 1, '\xf4ad2ad410681b9625d7117e0c63817ca17f719c5b4c8423ba4013a823657e3d', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (44, 49, 1, '\x47e8fbbc99f336524ad76194c11baf0b04c1cae64884dd2498c9188376cc61db', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (45, 50, 1, '\x6c02bfc85fadda6f7c217892ac2e592083a5b988eac8c9bc33c2c6fa77888a0b', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (46, 51, 1, '\xaca233320b157b6cc31d2311da6cd332bcf68d4add7f4881d052891cababe691', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (47, 52, 1, '\x1f26e887fb1a561d1bf01114e868cad3aeb3771c3328e0b265854c091bd58b1f', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (48, 53, 1, '\x7ba935461dbcefd1e71f83312e0e4c23f7bcd155d389e5786c83ce20910644bc', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (49, 54, 1, '\x05e4cd270d938ba3e10b0f8ca8224cd7813a072e2bd0bcd2962b4bb8fa98f5ec', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (50, 55, 1, '\xd314ca4bc1c0f5da1315c66ee858de42a2d895a9a416e1af949b252aefe6ae97', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (51, 56, 1, '\x9a6bd7cd60101e1e2d3baac895194e8a60af7dba764131fb999db222cffc335e', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (52, 57, 1, '\x304c9469b6e9cf791c8dad7a025ed9a131c132299f43e389ad9863445355b056', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (53, 58, 1, '\xe778d1a2f357f5a05cbb9adbe447078cda67fd2955ecd1edd7f580531035a2fa', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (54, 59, 1, '\x47147b6e860970b2379331f91914b91cbf42fa7d4f39f4cd521f88477cd34b45', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (55, 60, 1, '\xf8e4506507bcc61386c810d8dd93409d3a869fc58a70fbefefb538cdce21392a', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (56, 61, 1, '\xd7ce4013a8a22f63d53f11a329f1823dc26d6756a8323a32abc7a23f0d398966', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (57, 62, 1, '\x4ec4bdf5a22a075082c9f4fd653f0333530e68ee226bb8ce7bb5396306ac8522', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (58, 63, 1, '\x6ffbea55cef14e17c13214bc760181c248ed30c82641bdaf4a59216d1ffba304', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (59, 64, 1, '\xb0a2ff3896d3439c92bb8b2e6291a0c46099f9736e094f706fde3b14631a5e81', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (60, 65, 1, '\x958cb10d4a5b36795b5188fb0bb475c712bba85d0a87d89b0f881833ea6036c8', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (61, 66, 1, '\xfe556feeb30820c4dfcd33ee25bef8b73b5fc1b4b8c9d2f294318cd138d7cda7', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (62, 67, 1, '\xae16048f3e63651c5c16ab6b046b971ca1fd1c8f67be13c446dc83c3e3e55398', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (63, 68, 1, '\xf19f314a98669af9653bb3fc026943fa25e43741f98d7703f90d2a7c638bcae0', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (64, 69, 1, '\x3008357a0f3db5f2a6dea8f41ad3b47f3466adfbde9aded9c0dadeae8e14433e', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (65, 70, 1, '\x61d41868c1f3a2789a4eb60906a303679123d0e431e5a28973771584354523fe', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (66, 71, 1, '\x1fe743cba5ca867db5ed5e8486ca7ddb9f0c9ef6d026d66eb9869d6b34ed13c7', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (67, 72, 1, '\x934edbe185b4bb112513e3bc163de9c00cc898db3f26581af4bdb1ea58fe0a0e', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (68, 73, 1, '\xe1b04da64fd1a427efd7f876da80e590ed5e099fca63447483a9d12334ca1450', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (69, 74, 1, '\x346b02ca3d522643be9bc32fa5bfbb86c862460610813121a1c7da9de514abdc', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (70, 75, 1, '\x184b700f4ccc5564a8a30ff85847bcdd229d6cfa638cd2416f0cc7186d43ffee', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (71, 76, 1, '\x8d455172aa7287859b339f5ea4bb8631f36dcda64888740011d78c7df4d1c3a0', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (72, 77, 1, '\x24f9fa395aa6791df0624bb7a3b3847b2fc418af09ce7b71bd4b9bf35d77e8db', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (73, 78, 1, '\x3078e6deb69008d145c9921cd218f82cb0b405e1b118402e4370c82ca845664e', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (74, 79, 1, '\x4611ea6eb548853799f32e04f251cba7451bddffbed699e43b036fba66ce7515', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (75, 80, 1, '\xc8dcf20f86f18aaa82d19cfe98f4e2e0c121af7f90b5c4a8d04c81bcb65a8d52', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (76, 81, 1, '\xc2952ff5aadfde2a22842c8ba438c1d9e5419d73e7fa73d96391de64bd2772d0', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (77, 82, 1, '\x8fbb7616943c5877289390babeebe93d6fa889ee1b02c736c810a73b91c773d2', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (78, 83, 1, '\x3af99cb3f071ad1a2dc39849e11ce592dfc9f9fac5c692322f981e2edd415fc5', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (79, 84, 1, '\xa64cea5a2a7709a31e12657513197396cca0df36c388b661c745c9f26ed68611', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (80, 85, 1, '\xc64f0df344375787d3c708edd1f09c47601394e51d0e91c6a3bd907a8c3533d1', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (81, 86, 1, '\x0dc87c32b2cebaf211c14c7931d431ff6c3e40c4bee8a70fa44e543dfc686c6e', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (82, 87, 1, '\xbb72c6da5bec638c16888ec8337fb10b3570a1ea066ae078108288645ce4af4c', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (83, 88, 1, '\x9a57cd140aaf4ca0ab5ca08e824f4153c2f88d22bf7a5dc8c9077aa840f7120d', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (84, 89, 1, '\x55dfcee5b0dcf40beeb8fc3852e1b73e76ce5972807f0c407981865eba33ac4a', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (85, 90, 1, '\xcda82a76efbddda915cc8de547d49029311a00738b76d655a520fc775fba4e1d', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (86, 91, 1, '\xc6b9cc3ae42945061f1b8e7fc7a738275746643c5ac0a5424576b82b72f1e66a', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (87, 92, 1, '\x64c6b7ae76a93ef719aef5e47a20e540f9ca636446a969ba4ff319e00ab049f1', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (88, 93, 1, '\x523a617c5ed1e03e6d967c1116f6869ce88571b7af894fe21e6319c623a889cc', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (89, 94, 1, '\xc69f47b3220c4e5556531d6f4608aa87d07cc75dfa41f747a21d4ccfda24106b', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (90, 95, 1, '\x99398f4ee3977adcbf2153d61c07ae661024ec608b405de77ba7dac9149b806d', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'refused', '', NULL);
INSERT INTO public.attempt VALUES (91, 96, 1, '\x690a240d8c2e2977203ec47ebe825ac4329ea94ea47a95a5217237ae20b8729e', '2026-11-29 16:04:26', '2026-11-29 16:04:26', 'refused', '', NULL);
INSERT INTO public.attempt VALUES (92, 97, 1, '\x1cac8aab75857b18bbf6cb7184965771a2831b48643d9bb5e4e2c7d07d09dfd1', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (93, 98, 1, '\x10a6e5063df3956de4cb68a50235e8082b9b899b2f124acdeee58a60ab248ec6', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (94, 99, 1, '\x0398176d9c310fb791ffc5eebd60f42676336a3831894a39ad9fc086257c59d2', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (95, 100, 1, '\xb8523ebebc29ae46948f449de5b4cd74e95a38b64e341ec703fd3ac5fe9fbe9c', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (96, 101, 1, '\xc1957dbfb753471730294bd057a489ddb834e22e5566e5649241c84405b4583e', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (97, 102, 1, '\x10893600d3a7999cba71971855cf1147d325e805a5f1a639d5a002a96584f946', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (98, 103, 1, '\x5eb60e35124449124413bf02f16cdc859a140031b95bc069f84d7a3c06e63af7', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (99, 104, 1, '\xbcf7318fd21f428c52d24129848cd44ede671c7bbdb9cf1d5fd1d922fd1abff5', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (100, 105, 1, '\x31903f40d7af6929ea33fa3169fa31747f093f9821645bb4222d6576ac5963c7', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (101, 106, 1, '\xcbe442318b5f9349a36d3f80d3b3d33b67a5fb2bd46ab8995cd3afad30694e83', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (102, 107, 1, '\x7b973db5f96f365c7696d62698b0fa4086c13c8d6cc597501a06c73f156d0ffa', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (103, 108, 1, '\xb421b3317f23ad783d425e6c3fb10249fb9926f6afabe2e7ac00cc327514adb3', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (104, 109, 1, '\x1bfc3c0cb6b983730b00d6b9b4b6785e7416534d74616151bf8b2ecf818411b5', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (105, 110, 1, '\x60368bf31c0ec7a8c00383634465031b4d3ef4ba55b8a6c10e688e2100571de1', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (106, 111, 1, '\xfc5c64647107ccd8baea95fc1cfcce3488a7bdbf0bdc432ad2f81ddf8a42c47c', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (107, 112, 1, '\xc1aea7a351fbcc65b422257cf24ed8da2e9a7ed24b7218f609dc846796b777c0', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (108, 113, 1, '\x98c77ba3158b5a8387c88dd49201fcf07a3ef03d5358fa74d46f51f6edd4e165', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (109, 114, 1, '\x308cf17249572a8e512bdfe54c657147526853ba1919244bca10aff39dadc449', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (110, 115, 1, '\xadf981c847ea0f46de98b6bafe511602c36bee8f54d91deca79562f7afdc2182', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (111, 116, 1, '\x56a4d7fce2469b7e24f930e0e8b7454204857e2dded1454a502a84614e61737d', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (112, 117, 1, '\x06b62f34a21324ddd3edd79db9696f61cce7e1eca60e056ec215afc4d0a05754', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (113, 118, 1, '\x090bac60ac11a84e6bbcb74be612f40d370b1644009b9d5d08686956061cd349', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (114, 119, 1, '\x89bb6323ef48e045bcdfb77d230d0cb8c924c9566d8a0dcf158297eddd2c18ee', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (115, 120, 1, '\xd58eecea2a2d01f82ee6004286dc4e4f0162dcb141c2a76790e4d45035582fa8', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (116, 121, 1, '\xa37dbd7814f0031abdbdd347cfdf4131b1e62cfee77936f886a41577285e866b', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (117, 122, 1, '\x107565a70bd54d1f51775034797b1dfd15c766a73af31acb032ce8125c1faab6', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (118, 123, 1, '\x7daf6eb7d1a751504c16a6ee323c6f5f4f60d24345575b47bb3c8ee0427e7b37', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (119, 124, 1, '\x06ed3546b268834edbee69572cd312170c0069ddebc9c7389fb4591e4142a876', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (120, 125, 1, '\x1a86edaa5749ff0caf7eea3428d44bbc9460d1d7e5585740b90befab18de2587', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (121, 126, 1, '\xd2ab650f8d28e41a4a335e4727c6dd9c663caaa3da3ab587d16c92d0ebc9a19b', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (122, 127, 1, '\x7b142ff9e626435ac516f92e6aceb7094cc6d91fbd0166333b95351bde991b16', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (123, 128, 1, '\xd28a6cf762c275a5223c28460f4c4e59784315e146a65aed3c9213efa9ac8ae6', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (124, 129, 1, '\xcb79ddd92c5ddb736048d9976095a00589ef91f777bbe63d530c5ff2c609e6a2', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (125, 130, 1, '\x69af5aefbe7110280ba62e79369ad4b472234efbb9d605ef291dd6bc3225cf6b', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (126, 131, 1, '\xaa4d49f9865ef75f7f986a43b592129bd6186a2f1138615c3930733db128760d', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (127, 132, 1, '\x3a2a785c6730ec1deb47679c2b5bf38cb0a820849031c308cc08d525d36647ac', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (128, 133, 1, '\x3a2434f48023652a99f78cf34238e4e8d65f820893f2c38076302e113ed92baf', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (129, 134, 1, '\x34ef9cd7782c508346ee4ad69aab80311818ec34984b37c84be9eee7357dc8a4', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);
INSERT INTO public.attempt VALUES (130, 135, 1, '\x16bf4cf669c2a2b7e51ffb413e6067f61df9f527cd6330d289e41b417c98b00d', '2026-11-30 17:52:26', '2026-11-30 17:52:26', 'taken', '', NULL);












INSERT INTO public.change VALUES (1, 1001, 0, 'templates', '2026-11-30 18:04:26');
INSERT INTO public.change VALUES (2, 0, 1, 'drafts', '2026-11-29 18:04:26');
INSERT INTO public.change VALUES (3, 1001, 0, 'recipients', '2026-11-30 18:04:26');
INSERT INTO public.change VALUES (4, 1001, 0, 'messages', '2026-11-30 18:04:26');
INSERT INTO public.change VALUES (5, 1001, 0, 'imports', '2026-11-30 18:04:26');






INSERT INTO public.draft VALUES (1, 1, 1001, '{"user_id": 1, "chips": [{"key": "+4915100000101", "kind": "number", "name": "Dilnoza Karimova", "detail": "", "opted_out": false, "absent": false, "left_out": ""}], "at": {"mode": "once", "day": "", "clock": "", "zone": "Europe/Berlin", "phrase": "", "unit": "week", "every": "1", "weekdays": [], "month_by": "date", "short_months": "", "ends": "never", "until": "", "count": "10", "fold": ""}, "options": {"account": "", "late": "1800", "quiet": "", "stops": "", "nudge": "", "nudge_days": "1", "nudge_clock": "18:00", "nudge_text": ""}, "out": [], "written": {"what": "text", "wordings": ["Rehearsal on Friday begins at"], "files": [], "mentions": [], "preview": "yes", "question": "", "options": ["", ""], "choices": "1", "where": "", "place_name": "", "address": "", "card_name": "", "card_phone": ""}}', 'Dilnoza Karimova', 'Rehearsal on Friday begins at', '[]', 1, '2026-11-29 18:04:26', '2026-11-29 18:04:26');















INSERT INTO public.heartbeat VALUES ('worker', '2026-11-30 20:04:26', '2026-11-30 18:04:26');



INSERT INTO public.import_row VALUES (1, 1, 0, 2, 'new', '', NULL, '+4915100002001', 'Amina Albrecht', 'amina albrecht  Amina Albrecht', '', '{"Voice": "alto", "Member since": "2019"}', NULL, NULL, '', '', '{}', false, false);
INSERT INTO public.import_row VALUES (2, 1, 1, 3, 'new', '', NULL, '+4915100000101', 'Dilnoza Karimova', 'dilnoza karimova  Dilnoza Karimova', '', '{"Voice": "alto", "Member since": "2019"}', NULL, NULL, '', '', '{}', false, false);
INSERT INTO public.import_row VALUES (3, 1, 2, 4, 'new', '', NULL, '+4915100002002', 'Bruno Bianchi', 'bruno bianchi  Bruno Bianchi', '', '{"Voice": "bass", "Member since": "2019"}', NULL, NULL, '', '', '{}', false, false);
INSERT INTO public.import_row VALUES (4, 1, 3, 5, 'wrong', '{"code":"no_number"}', '', NULL, 'Chiara Çelik', 'chiara celik  Chiara Çelik', '', '{"Voice": "soprano", "Member since": "2019"}', NULL, NULL, '', '', '{}', false, false);
INSERT INTO public.import_row VALUES (5, 1, 4, 6, 'double', '{"code":"number_twice","line":4}', NULL, '+4915100002002', 'Bruno Bianchi', 'bruno bianchi  Bruno Bianchi', '', '{"Voice": "bass", "Member since": "2019"}', NULL, NULL, '', '', '{}', false, false);
INSERT INTO public.import_row VALUES (6, 1, 5, 7, 'wrong', '{"code":"number_too_short","shown":"0151"}', '0151', NULL, 'Daniel Dvořák', 'daniel dvorak  Daniel Dvořák', '', '{"Voice": "tenor", "Member since": "2019"}', NULL, NULL, '', '', '{}', false, false);
INSERT INTO public.import_row VALUES (7, 1, 6, 8, 'new', '', NULL, '+46700002005', 'Elif Ekström', 'elif ekstrom  Elif Ekström', '', '{"Voice": "soprano", "Member since": "2019"}', NULL, NULL, '', '', '{}', false, false);
INSERT INTO public.import_row VALUES (8, 1, 7, 9, 'new', '', NULL, '+9613000206', 'فريد حداد', 'فريد حداد  فريد حداد', '', '{"Voice": "tenor", "Member since": "2019"}', NULL, NULL, '', '', '{}', false, false);



























INSERT INTO public.list_member VALUES (1, 92);
INSERT INTO public.list_member VALUES (1, 1);
INSERT INTO public.list_member VALUES (1, 2);
INSERT INTO public.list_member VALUES (1, 4);
INSERT INTO public.list_member VALUES (1, 5);
INSERT INTO public.list_member VALUES (1, 3);









INSERT INTO public.membership VALUES (1, 1001, 'manager', '2026-11-30 18:04:26.624414', false);



INSERT INTO public.message VALUES (1, 1001, 1, 1, 1, '2026-11-30 15:04:26', '2026-11-30 15:04:26', '2026-11-30 15:04:26', '2026-11-30 15:34:26', 'read', '', 1, '', '2026-11-30 15:04:26', '2026-11-30 15:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (2, 1001, 2, 1, 2, '2026-11-30 08:04:26', '2026-11-30 08:04:26', '2026-11-30 08:04:26', '2026-11-30 08:34:26', 'delivered', '', 1, '', '2026-11-30 08:04:26', '2026-11-30 08:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (3, 1001, 3, 1, 3, '2026-11-30 01:04:26', '2026-11-30 01:04:26', '2026-11-30 01:04:26', '2026-11-30 01:34:26', 'sent', '', 1, '', '2026-11-30 01:04:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (4, 1001, 4, 1, 4, '2026-11-29 18:04:26', '2026-11-29 18:04:26', '2026-11-29 18:04:26', '2026-11-29 18:34:26', 'skipped', '{"code":"replied"}', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (5, 1001, 5, 1, 5, '2026-11-29 11:04:26', '2026-11-29 11:04:26', '2026-11-29 11:04:26', '2026-11-29 11:34:26', 'cancelled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (6, 1001, 6, 2, 1, '2026-11-30 16:04:26', '2026-11-30 16:04:26', '2026-11-30 16:04:26', '2026-11-30 16:34:26', 'unknown', '{"code":"connection_broke"}', 1, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (7, 1001, 7, 2, 6, '2026-11-30 13:04:26', '2026-11-30 13:04:26', '2026-11-30 13:04:26', '2026-11-30 13:34:26', 'missed', '{"code":"was_not_linked","account":"Bakery"}', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (8, 1001, 7, 2, 7, '2026-11-30 13:04:26', '2026-11-30 13:04:26', '2026-11-30 13:04:26', '2026-11-30 13:34:26', 'missed', '{"code":"was_not_linked","account":"Bakery"}', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (9, 1001, 7, 2, 8, '2026-11-30 13:04:26', '2026-11-30 13:04:26', '2026-11-30 13:04:26', '2026-11-30 13:34:26', 'missed', '{"code":"was_not_linked","account":"Bakery"}', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (10, 1001, 8, 1, 4, '2026-11-29 18:04:26', '2026-11-29 18:04:26', '2026-11-29 18:04:26', '2026-11-29 18:34:26', 'failed', '{"code":"not_on_whatsapp"}', 1, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (11, 1001, 9, 1, 6, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (12, 1001, 9, 1, 7, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (13, 1001, 9, 1, 8, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (14, 1001, 9, 1, 9, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (15, 1001, 9, 1, 10, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (16, 1001, 9, 1, 11, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (17, 1001, 9, 1, 12, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (18, 1001, 9, 1, 13, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (19, 1001, 9, 1, 14, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (20, 1001, 9, 1, 15, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (21, 1001, 9, 1, 16, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (22, 1001, 9, 1, 17, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (23, 1001, 9, 1, 18, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (24, 1001, 9, 1, 19, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (25, 1001, 9, 1, 20, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (26, 1001, 9, 1, 21, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (27, 1001, 9, 1, 22, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (28, 1001, 9, 1, 23, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (29, 1001, 9, 1, 24, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (30, 1001, 9, 1, 25, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (31, 1001, 9, 1, 26, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (32, 1001, 9, 1, 27, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (33, 1001, 9, 1, 28, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (34, 1001, 9, 1, 29, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (35, 1001, 9, 1, 30, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (36, 1001, 9, 1, 31, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (37, 1001, 9, 1, 32, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (38, 1001, 9, 1, 33, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (39, 1001, 9, 1, 34, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (40, 1001, 9, 1, 35, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (41, 1001, 9, 1, 36, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (42, 1001, 9, 1, 37, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (43, 1001, 9, 1, 38, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (44, 1001, 9, 1, 39, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (45, 1001, 9, 1, 40, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (46, 1001, 9, 1, 41, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (47, 1001, 9, 1, 42, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (48, 1001, 9, 1, 43, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (49, 1001, 9, 1, 44, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (50, 1001, 9, 1, 45, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (51, 1001, 9, 1, 46, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (52, 1001, 9, 1, 47, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (53, 1001, 9, 1, 48, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (54, 1001, 9, 1, 49, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (55, 1001, 9, 1, 50, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (56, 1001, 9, 1, 51, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (57, 1001, 9, 1, 52, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (58, 1001, 9, 1, 53, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (59, 1001, 9, 1, 54, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (60, 1001, 9, 1, 55, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (61, 1001, 9, 1, 56, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (62, 1001, 9, 1, 57, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (63, 1001, 9, 1, 58, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (64, 1001, 9, 1, 59, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (65, 1001, 9, 1, 60, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (66, 1001, 9, 1, 61, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (67, 1001, 9, 1, 62, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (68, 1001, 9, 1, 63, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (69, 1001, 9, 1, 64, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (70, 1001, 9, 1, 65, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (71, 1001, 9, 1, 66, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (72, 1001, 9, 1, 67, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (73, 1001, 9, 1, 68, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (74, 1001, 9, 1, 69, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (75, 1001, 9, 1, 70, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (76, 1001, 9, 1, 71, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (77, 1001, 9, 1, 72, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (78, 1001, 9, 1, 73, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (79, 1001, 9, 1, 74, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (80, 1001, 9, 1, 75, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (81, 1001, 9, 1, 76, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (82, 1001, 9, 1, 77, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (83, 1001, 9, 1, 78, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (84, 1001, 9, 1, 79, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (85, 1001, 9, 1, 80, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (86, 1001, 9, 1, 81, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (87, 1001, 9, 1, 82, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (88, 1001, 9, 1, 83, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (89, 1001, 9, 1, 84, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (90, 1001, 9, 1, 85, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (91, 1001, 9, 1, 86, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (92, 1001, 9, 1, 87, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (93, 1001, 9, 1, 88, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (94, 1001, 9, 1, 89, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'delivered', '', 1, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (95, 1001, 9, 1, 90, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'failed', '{"code":"not_on_whatsapp"}', 1, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (96, 1001, 9, 1, 91, '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:04:26', '2026-11-29 16:34:26', 'failed', '{"code":"not_on_whatsapp"}', 1, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (97, 1001, 10, 1, 6, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (98, 1001, 10, 1, 7, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (99, 1001, 10, 1, 8, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (100, 1001, 10, 1, 9, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (101, 1001, 10, 1, 10, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (102, 1001, 10, 1, 11, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (103, 1001, 10, 1, 12, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (104, 1001, 10, 1, 13, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (105, 1001, 10, 1, 14, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (106, 1001, 10, 1, 15, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (107, 1001, 10, 1, 16, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (108, 1001, 10, 1, 17, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (109, 1001, 10, 1, 18, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (110, 1001, 10, 1, 19, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (111, 1001, 10, 1, 20, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (112, 1001, 10, 1, 21, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (113, 1001, 10, 1, 22, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (114, 1001, 10, 1, 23, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (115, 1001, 10, 1, 24, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (116, 1001, 10, 1, 25, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (117, 1001, 10, 1, 26, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (118, 1001, 10, 1, 27, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (119, 1001, 10, 1, 28, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (120, 1001, 10, 1, 29, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (121, 1001, 10, 1, 30, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (122, 1001, 10, 1, 31, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (123, 1001, 10, 1, 32, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (124, 1001, 10, 1, 33, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (125, 1001, 10, 1, 34, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (126, 1001, 10, 1, 35, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (127, 1001, 10, 1, 36, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (128, 1001, 10, 1, 37, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (129, 1001, 10, 1, 38, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (130, 1001, 10, 1, 39, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (131, 1001, 10, 1, 40, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (132, 1001, 10, 1, 41, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (133, 1001, 10, 1, 42, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (134, 1001, 10, 1, 43, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (135, 1001, 10, 1, 44, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 18:22:26', 'sent', '', 1, '', '2026-11-30 17:52:26', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (136, 1001, 10, 1, 45, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (137, 1001, 10, 1, 46, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (138, 1001, 10, 1, 47, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (139, 1001, 10, 1, 48, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (140, 1001, 10, 1, 49, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (141, 1001, 10, 1, 50, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (142, 1001, 10, 1, 51, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (143, 1001, 10, 1, 52, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (144, 1001, 10, 1, 53, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (145, 1001, 10, 1, 54, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (146, 1001, 10, 1, 55, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (147, 1001, 10, 1, 56, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (148, 1001, 10, 1, 57, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (149, 1001, 10, 1, 58, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (150, 1001, 10, 1, 59, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (151, 1001, 10, 1, 60, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (152, 1001, 10, 1, 61, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (153, 1001, 10, 1, 62, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (154, 1001, 10, 1, 63, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (155, 1001, 10, 1, 64, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (156, 1001, 10, 1, 65, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (157, 1001, 10, 1, 66, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (158, 1001, 10, 1, 67, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (159, 1001, 10, 1, 68, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (160, 1001, 10, 1, 69, '2026-11-30 17:52:26', '2026-11-30 17:52:26', '2026-11-30 20:04:26', '2026-11-30 18:22:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (161, 1001, 11, 1, 1, '2026-11-30 19:04:26', '2026-11-30 19:04:26', '2026-11-30 19:04:26', '2026-11-30 19:34:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (162, 1001, 12, 1, 2, '2026-12-01 00:04:26', '2026-12-01 00:04:26', '2026-12-01 00:04:26', '2026-12-01 00:34:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (163, 1001, 13, 1, 3, '2026-12-01 05:04:26', '2026-12-01 05:04:26', '2026-12-01 05:04:26', '2026-12-01 05:34:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (164, 1001, 14, 1, 4, '2026-12-01 10:04:26', '2026-12-01 10:04:26', '2026-12-01 10:04:26', '2026-12-01 10:34:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (165, 1001, 15, 1, 5, '2026-12-01 15:04:26', '2026-12-01 15:04:26', '2026-12-01 15:04:26', '2026-12-01 15:34:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (166, 1001, 16, 2, 6, '2026-12-02 00:04:26', '2026-12-02 00:04:26', '2026-12-02 00:04:26', '2026-12-02 00:34:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (167, 1001, 16, 2, 7, '2026-12-02 00:04:26', '2026-12-02 00:04:26', '2026-12-02 00:04:26', '2026-12-02 00:34:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (168, 1001, 16, 2, 8, '2026-12-02 00:04:26', '2026-12-02 00:04:26', '2026-12-02 00:04:26', '2026-12-02 00:34:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (169, 1001, 16, 2, 9, '2026-12-02 00:04:26', '2026-12-02 00:04:26', '2026-12-02 00:04:26', '2026-12-02 00:34:26', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (170, 1001, 17, 1, 6, '2026-12-03 06:00:00', '2026-12-03 06:00:00', '2026-12-03 06:00:00', '2026-12-03 06:30:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (171, 1001, 18, 1, 6, '2026-12-03 06:01:00', '2026-12-03 06:01:00', '2026-12-03 06:01:00', '2026-12-03 06:31:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (172, 1001, 19, 1, 6, '2026-12-03 06:02:00', '2026-12-03 06:02:00', '2026-12-03 06:02:00', '2026-12-03 06:32:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (173, 1001, 20, 1, 6, '2026-12-03 06:03:00', '2026-12-03 06:03:00', '2026-12-03 06:03:00', '2026-12-03 06:33:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (174, 1001, 21, 1, 6, '2026-12-03 06:04:00', '2026-12-03 06:04:00', '2026-12-03 06:04:00', '2026-12-03 06:34:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (175, 1001, 22, 1, 6, '2026-12-03 06:05:00', '2026-12-03 06:05:00', '2026-12-03 06:05:00', '2026-12-03 06:35:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (176, 1001, 23, 1, 6, '2026-12-03 06:06:00', '2026-12-03 06:06:00', '2026-12-03 06:06:00', '2026-12-03 06:36:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (177, 1001, 24, 1, 6, '2026-12-03 06:07:00', '2026-12-03 06:07:00', '2026-12-03 06:07:00', '2026-12-03 06:37:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (178, 1001, 25, 1, 6, '2026-12-03 06:08:00', '2026-12-03 06:08:00', '2026-12-03 06:08:00', '2026-12-03 06:38:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (179, 1001, 26, 1, 6, '2026-12-03 06:09:00', '2026-12-03 06:09:00', '2026-12-03 06:09:00', '2026-12-03 06:39:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (180, 1001, 27, 1, 6, '2026-12-03 06:10:00', '2026-12-03 06:10:00', '2026-12-03 06:10:00', '2026-12-03 06:40:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (181, 1001, 28, 1, 6, '2026-12-03 06:11:00', '2026-12-03 06:11:00', '2026-12-03 06:11:00', '2026-12-03 06:41:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (182, 1001, 29, 1, 6, '2026-12-03 06:12:00', '2026-12-03 06:12:00', '2026-12-03 06:12:00', '2026-12-03 06:42:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (183, 1001, 30, 1, 6, '2026-12-03 06:13:00', '2026-12-03 06:13:00', '2026-12-03 06:13:00', '2026-12-03 06:43:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (184, 1001, 31, 1, 6, '2026-12-03 06:14:00', '2026-12-03 06:14:00', '2026-12-03 06:14:00', '2026-12-03 06:44:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (185, 1001, 32, 1, 6, '2026-12-03 06:15:00', '2026-12-03 06:15:00', '2026-12-03 06:15:00', '2026-12-03 06:45:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (186, 1001, 33, 1, 6, '2026-12-03 06:16:00', '2026-12-03 06:16:00', '2026-12-03 06:16:00', '2026-12-03 06:46:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (187, 1001, 34, 1, 6, '2026-12-03 06:17:00', '2026-12-03 06:17:00', '2026-12-03 06:17:00', '2026-12-03 06:47:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (188, 1001, 35, 1, 6, '2026-12-03 06:18:00', '2026-12-03 06:18:00', '2026-12-03 06:18:00', '2026-12-03 06:48:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (189, 1001, 36, 1, 6, '2026-12-03 06:19:00', '2026-12-03 06:19:00', '2026-12-03 06:19:00', '2026-12-03 06:49:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (190, 1001, 37, 1, 6, '2026-12-03 06:20:00', '2026-12-03 06:20:00', '2026-12-03 06:20:00', '2026-12-03 06:50:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (191, 1001, 38, 1, 6, '2026-12-03 06:21:00', '2026-12-03 06:21:00', '2026-12-03 06:21:00', '2026-12-03 06:51:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (192, 1001, 39, 1, 6, '2026-12-03 06:22:00', '2026-12-03 06:22:00', '2026-12-03 06:22:00', '2026-12-03 06:52:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (193, 1001, 40, 1, 6, '2026-12-03 06:23:00', '2026-12-03 06:23:00', '2026-12-03 06:23:00', '2026-12-03 06:53:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (194, 1001, 41, 1, 6, '2026-12-03 06:24:00', '2026-12-03 06:24:00', '2026-12-03 06:24:00', '2026-12-03 06:54:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (195, 1001, 42, 1, 6, '2026-12-03 06:25:00', '2026-12-03 06:25:00', '2026-12-03 06:25:00', '2026-12-03 06:55:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (196, 1001, 43, 1, 6, '2026-12-03 06:26:00', '2026-12-03 06:26:00', '2026-12-03 06:26:00', '2026-12-03 06:56:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (197, 1001, 44, 1, 6, '2026-12-03 06:27:00', '2026-12-03 06:27:00', '2026-12-03 06:27:00', '2026-12-03 06:57:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (198, 1001, 45, 1, 6, '2026-12-03 06:28:00', '2026-12-03 06:28:00', '2026-12-03 06:28:00', '2026-12-03 06:58:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (199, 1001, 46, 1, 6, '2026-12-03 06:29:00', '2026-12-03 06:29:00', '2026-12-03 06:29:00', '2026-12-03 06:59:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (200, 1001, 47, 1, 6, '2026-12-03 06:30:00', '2026-12-03 06:30:00', '2026-12-03 06:30:00', '2026-12-03 07:00:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (201, 1001, 48, 1, 6, '2026-12-03 06:31:00', '2026-12-03 06:31:00', '2026-12-03 06:31:00', '2026-12-03 07:01:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (202, 1001, 49, 1, 6, '2026-12-03 06:32:00', '2026-12-03 06:32:00', '2026-12-03 06:32:00', '2026-12-03 07:02:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (203, 1001, 50, 1, 6, '2026-12-03 06:33:00', '2026-12-03 06:33:00', '2026-12-03 06:33:00', '2026-12-03 07:03:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (204, 1001, 51, 1, 6, '2026-12-03 06:34:00', '2026-12-03 06:34:00', '2026-12-03 06:34:00', '2026-12-03 07:04:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (205, 1001, 52, 1, 6, '2026-12-03 06:35:00', '2026-12-03 06:35:00', '2026-12-03 06:35:00', '2026-12-03 07:05:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (206, 1001, 53, 1, 6, '2026-12-03 06:36:00', '2026-12-03 06:36:00', '2026-12-03 06:36:00', '2026-12-03 07:06:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (207, 1001, 54, 1, 6, '2026-12-03 06:37:00', '2026-12-03 06:37:00', '2026-12-03 06:37:00', '2026-12-03 07:07:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (208, 1001, 55, 1, 6, '2026-12-03 06:38:00', '2026-12-03 06:38:00', '2026-12-03 06:38:00', '2026-12-03 07:08:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (209, 1001, 56, 1, 6, '2026-12-03 06:39:00', '2026-12-03 06:39:00', '2026-12-03 06:39:00', '2026-12-03 07:09:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (210, 1001, 57, 1, 6, '2026-12-03 06:40:00', '2026-12-03 06:40:00', '2026-12-03 06:40:00', '2026-12-03 07:10:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (211, 1001, 58, 1, 6, '2026-12-03 06:41:00', '2026-12-03 06:41:00', '2026-12-03 06:41:00', '2026-12-03 07:11:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (212, 1001, 59, 1, 6, '2026-12-03 06:42:00', '2026-12-03 06:42:00', '2026-12-03 06:42:00', '2026-12-03 07:12:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (213, 1001, 60, 1, 6, '2026-12-03 06:43:00', '2026-12-03 06:43:00', '2026-12-03 06:43:00', '2026-12-03 07:13:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (214, 1001, 61, 1, 6, '2026-12-03 06:44:00', '2026-12-03 06:44:00', '2026-12-03 06:44:00', '2026-12-03 07:14:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (215, 1001, 62, 1, 6, '2026-12-03 06:45:00', '2026-12-03 06:45:00', '2026-12-03 06:45:00', '2026-12-03 07:15:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (216, 1001, 63, 1, 6, '2026-12-03 06:46:00', '2026-12-03 06:46:00', '2026-12-03 06:46:00', '2026-12-03 07:16:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (217, 1001, 64, 1, 6, '2026-12-03 06:47:00', '2026-12-03 06:47:00', '2026-12-03 06:47:00', '2026-12-03 07:17:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (218, 1001, 65, 1, 6, '2026-12-03 06:48:00', '2026-12-03 06:48:00', '2026-12-03 06:48:00', '2026-12-03 07:18:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (219, 1001, 66, 1, 6, '2026-12-03 06:49:00', '2026-12-03 06:49:00', '2026-12-03 06:49:00', '2026-12-03 07:19:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (220, 1001, 67, 1, 6, '2026-12-03 06:50:00', '2026-12-03 06:50:00', '2026-12-03 06:50:00', '2026-12-03 07:20:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (221, 1001, 68, 1, 6, '2026-12-03 06:51:00', '2026-12-03 06:51:00', '2026-12-03 06:51:00', '2026-12-03 07:21:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (222, 1001, 69, 1, 6, '2026-12-03 06:52:00', '2026-12-03 06:52:00', '2026-12-03 06:52:00', '2026-12-03 07:22:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (223, 1001, 70, 1, 6, '2026-12-03 06:53:00', '2026-12-03 06:53:00', '2026-12-03 06:53:00', '2026-12-03 07:23:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (224, 1001, 71, 1, 6, '2026-12-03 06:54:00', '2026-12-03 06:54:00', '2026-12-03 06:54:00', '2026-12-03 07:24:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (225, 1001, 72, 1, 6, '2026-12-03 06:55:00', '2026-12-03 06:55:00', '2026-12-03 06:55:00', '2026-12-03 07:25:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (226, 1001, 73, 1, 6, '2026-12-03 06:56:00', '2026-12-03 06:56:00', '2026-12-03 06:56:00', '2026-12-03 07:26:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (227, 1001, 74, 1, 6, '2026-12-03 06:57:00', '2026-12-03 06:57:00', '2026-12-03 06:57:00', '2026-12-03 07:27:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (228, 1001, 75, 1, 6, '2026-12-03 06:58:00', '2026-12-03 06:58:00', '2026-12-03 06:58:00', '2026-12-03 07:28:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (229, 1001, 76, 1, 6, '2026-12-03 06:59:00', '2026-12-03 06:59:00', '2026-12-03 06:59:00', '2026-12-03 07:29:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (230, 1001, 77, 1, 6, '2026-12-03 07:00:00', '2026-12-03 07:00:00', '2026-12-03 07:00:00', '2026-12-03 07:30:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (231, 1001, 78, 1, 6, '2026-12-03 07:01:00', '2026-12-03 07:01:00', '2026-12-03 07:01:00', '2026-12-03 07:31:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (232, 1001, 79, 1, 6, '2026-12-03 07:02:00', '2026-12-03 07:02:00', '2026-12-03 07:02:00', '2026-12-03 07:32:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (233, 1001, 80, 1, 6, '2026-12-03 07:03:00', '2026-12-03 07:03:00', '2026-12-03 07:03:00', '2026-12-03 07:33:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (234, 1001, 81, 1, 6, '2026-12-03 07:04:00', '2026-12-03 07:04:00', '2026-12-03 07:04:00', '2026-12-03 07:34:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (235, 1001, 82, 1, 6, '2026-12-03 07:05:00', '2026-12-03 07:05:00', '2026-12-03 07:05:00', '2026-12-03 07:35:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (236, 1001, 83, 1, 6, '2026-12-03 07:06:00', '2026-12-03 07:06:00', '2026-12-03 07:06:00', '2026-12-03 07:36:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (237, 1001, 84, 1, 6, '2026-12-03 07:07:00', '2026-12-03 07:07:00', '2026-12-03 07:07:00', '2026-12-03 07:37:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (238, 1001, 85, 1, 6, '2026-12-03 07:08:00', '2026-12-03 07:08:00', '2026-12-03 07:08:00', '2026-12-03 07:38:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (239, 1001, 86, 1, 6, '2026-12-03 07:09:00', '2026-12-03 07:09:00', '2026-12-03 07:09:00', '2026-12-03 07:39:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (240, 1001, 87, 1, 6, '2026-12-03 07:10:00', '2026-12-03 07:10:00', '2026-12-03 07:10:00', '2026-12-03 07:40:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (241, 1001, 88, 1, 6, '2026-12-03 07:11:00', '2026-12-03 07:11:00', '2026-12-03 07:11:00', '2026-12-03 07:41:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (242, 1001, 89, 1, 6, '2026-12-03 07:12:00', '2026-12-03 07:12:00', '2026-12-03 07:12:00', '2026-12-03 07:42:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (243, 1001, 90, 1, 6, '2026-12-03 07:13:00', '2026-12-03 07:13:00', '2026-12-03 07:13:00', '2026-12-03 07:43:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (244, 1001, 91, 1, 6, '2026-12-03 07:14:00', '2026-12-03 07:14:00', '2026-12-03 07:14:00', '2026-12-03 07:44:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (245, 1001, 92, 1, 6, '2026-12-03 07:15:00', '2026-12-03 07:15:00', '2026-12-03 07:15:00', '2026-12-03 07:45:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (246, 1001, 93, 1, 6, '2026-12-03 07:16:00', '2026-12-03 07:16:00', '2026-12-03 07:16:00', '2026-12-03 07:46:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (247, 1001, 94, 1, 6, '2026-12-03 07:17:00', '2026-12-03 07:17:00', '2026-12-03 07:17:00', '2026-12-03 07:47:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (248, 1001, 95, 1, 6, '2026-12-03 07:18:00', '2026-12-03 07:18:00', '2026-12-03 07:18:00', '2026-12-03 07:48:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (249, 1001, 96, 1, 6, '2026-12-03 07:19:00', '2026-12-03 07:19:00', '2026-12-03 07:19:00', '2026-12-03 07:49:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (250, 1001, 97, 1, 6, '2026-12-03 07:20:00', '2026-12-03 07:20:00', '2026-12-03 07:20:00', '2026-12-03 07:50:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (251, 1001, 98, 1, 6, '2026-12-03 07:21:00', '2026-12-03 07:21:00', '2026-12-03 07:21:00', '2026-12-03 07:51:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (252, 1001, 99, 1, 6, '2026-12-03 07:22:00', '2026-12-03 07:22:00', '2026-12-03 07:22:00', '2026-12-03 07:52:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (253, 1001, 100, 1, 6, '2026-12-03 07:23:00', '2026-12-03 07:23:00', '2026-12-03 07:23:00', '2026-12-03 07:53:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (254, 1001, 101, 1, 6, '2026-12-03 07:24:00', '2026-12-03 07:24:00', '2026-12-03 07:24:00', '2026-12-03 07:54:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (255, 1001, 102, 1, 6, '2026-12-03 07:25:00', '2026-12-03 07:25:00', '2026-12-03 07:25:00', '2026-12-03 07:55:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (256, 1001, 103, 1, 6, '2026-12-03 07:26:00', '2026-12-03 07:26:00', '2026-12-03 07:26:00', '2026-12-03 07:56:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (257, 1001, 104, 1, 6, '2026-12-03 07:27:00', '2026-12-03 07:27:00', '2026-12-03 07:27:00', '2026-12-03 07:57:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (258, 1001, 105, 1, 6, '2026-12-03 07:28:00', '2026-12-03 07:28:00', '2026-12-03 07:28:00', '2026-12-03 07:58:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (259, 1001, 106, 1, 6, '2026-12-03 07:29:00', '2026-12-03 07:29:00', '2026-12-03 07:29:00', '2026-12-03 07:59:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (260, 1001, 107, 1, 6, '2026-12-03 07:30:00', '2026-12-03 07:30:00', '2026-12-03 07:30:00', '2026-12-03 08:00:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (261, 1001, 108, 1, 6, '2026-12-03 07:31:00', '2026-12-03 07:31:00', '2026-12-03 07:31:00', '2026-12-03 08:01:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (262, 1001, 109, 1, 6, '2026-12-03 07:32:00', '2026-12-03 07:32:00', '2026-12-03 07:32:00', '2026-12-03 08:02:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (263, 1001, 110, 1, 6, '2026-12-03 07:33:00', '2026-12-03 07:33:00', '2026-12-03 07:33:00', '2026-12-03 08:03:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (264, 1001, 111, 1, 6, '2026-12-03 07:34:00', '2026-12-03 07:34:00', '2026-12-03 07:34:00', '2026-12-03 08:04:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (265, 1001, 112, 1, 6, '2026-12-03 07:35:00', '2026-12-03 07:35:00', '2026-12-03 07:35:00', '2026-12-03 08:05:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (266, 1001, 113, 1, 6, '2026-12-03 07:36:00', '2026-12-03 07:36:00', '2026-12-03 07:36:00', '2026-12-03 08:06:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (267, 1001, 114, 1, 6, '2026-12-03 07:37:00', '2026-12-03 07:37:00', '2026-12-03 07:37:00', '2026-12-03 08:07:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (268, 1001, 115, 1, 6, '2026-12-03 07:38:00', '2026-12-03 07:38:00', '2026-12-03 07:38:00', '2026-12-03 08:08:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (269, 1001, 116, 1, 6, '2026-12-03 07:39:00', '2026-12-03 07:39:00', '2026-12-03 07:39:00', '2026-12-03 08:09:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (270, 1001, 117, 1, 6, '2026-12-03 07:40:00', '2026-12-03 07:40:00', '2026-12-03 07:40:00', '2026-12-03 08:10:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (271, 1001, 118, 1, 6, '2026-12-03 07:41:00', '2026-12-03 07:41:00', '2026-12-03 07:41:00', '2026-12-03 08:11:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (272, 1001, 119, 1, 6, '2026-12-03 07:42:00', '2026-12-03 07:42:00', '2026-12-03 07:42:00', '2026-12-03 08:12:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (273, 1001, 120, 1, 6, '2026-12-03 07:43:00', '2026-12-03 07:43:00', '2026-12-03 07:43:00', '2026-12-03 08:13:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (274, 1001, 121, 1, 6, '2026-12-03 07:44:00', '2026-12-03 07:44:00', '2026-12-03 07:44:00', '2026-12-03 08:14:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (275, 1001, 122, 1, 6, '2026-12-03 07:45:00', '2026-12-03 07:45:00', '2026-12-03 07:45:00', '2026-12-03 08:15:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (276, 1001, 123, 1, 6, '2026-12-03 07:46:00', '2026-12-03 07:46:00', '2026-12-03 07:46:00', '2026-12-03 08:16:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (277, 1001, 124, 1, 6, '2026-12-03 07:47:00', '2026-12-03 07:47:00', '2026-12-03 07:47:00', '2026-12-03 08:17:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (278, 1001, 125, 1, 6, '2026-12-03 07:48:00', '2026-12-03 07:48:00', '2026-12-03 07:48:00', '2026-12-03 08:18:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (279, 1001, 126, 1, 6, '2026-12-03 07:49:00', '2026-12-03 07:49:00', '2026-12-03 07:49:00', '2026-12-03 08:19:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (280, 1001, 127, 1, 6, '2026-12-03 07:50:00', '2026-12-03 07:50:00', '2026-12-03 07:50:00', '2026-12-03 08:20:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (281, 1001, 128, 1, 6, '2026-12-03 07:51:00', '2026-12-03 07:51:00', '2026-12-03 07:51:00', '2026-12-03 08:21:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (282, 1001, 129, 1, 6, '2026-12-03 07:52:00', '2026-12-03 07:52:00', '2026-12-03 07:52:00', '2026-12-03 08:22:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (283, 1001, 130, 1, 6, '2026-12-03 07:53:00', '2026-12-03 07:53:00', '2026-12-03 07:53:00', '2026-12-03 08:23:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (284, 1001, 131, 1, 6, '2026-12-03 07:54:00', '2026-12-03 07:54:00', '2026-12-03 07:54:00', '2026-12-03 08:24:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (285, 1001, 132, 1, 6, '2026-12-03 07:55:00', '2026-12-03 07:55:00', '2026-12-03 07:55:00', '2026-12-03 08:25:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (286, 1001, 133, 1, 6, '2026-12-03 07:56:00', '2026-12-03 07:56:00', '2026-12-03 07:56:00', '2026-12-03 08:26:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (287, 1001, 134, 1, 6, '2026-12-03 07:57:00', '2026-12-03 07:57:00', '2026-12-03 07:57:00', '2026-12-03 08:27:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (288, 1001, 135, 1, 6, '2026-12-03 07:58:00', '2026-12-03 07:58:00', '2026-12-03 07:58:00', '2026-12-03 08:28:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (289, 1001, 136, 1, 6, '2026-12-03 07:59:00', '2026-12-03 07:59:00', '2026-12-03 07:59:00', '2026-12-03 08:29:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (290, 1001, 137, 1, 6, '2026-12-03 08:00:00', '2026-12-03 08:00:00', '2026-12-03 08:00:00', '2026-12-03 08:30:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (291, 1001, 138, 1, 6, '2026-12-03 08:01:00', '2026-12-03 08:01:00', '2026-12-03 08:01:00', '2026-12-03 08:31:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (292, 1001, 139, 1, 6, '2026-12-03 08:02:00', '2026-12-03 08:02:00', '2026-12-03 08:02:00', '2026-12-03 08:32:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (293, 1001, 140, 1, 6, '2026-12-03 08:03:00', '2026-12-03 08:03:00', '2026-12-03 08:03:00', '2026-12-03 08:33:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (294, 1001, 141, 1, 6, '2026-12-03 08:04:00', '2026-12-03 08:04:00', '2026-12-03 08:04:00', '2026-12-03 08:34:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (295, 1001, 142, 1, 6, '2026-12-03 08:05:00', '2026-12-03 08:05:00', '2026-12-03 08:05:00', '2026-12-03 08:35:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (296, 1001, 143, 1, 6, '2026-12-03 08:06:00', '2026-12-03 08:06:00', '2026-12-03 08:06:00', '2026-12-03 08:36:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (297, 1001, 144, 1, 6, '2026-12-03 08:07:00', '2026-12-03 08:07:00', '2026-12-03 08:07:00', '2026-12-03 08:37:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (298, 1001, 145, 1, 6, '2026-12-03 08:08:00', '2026-12-03 08:08:00', '2026-12-03 08:08:00', '2026-12-03 08:38:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (299, 1001, 146, 1, 6, '2026-12-03 08:09:00', '2026-12-03 08:09:00', '2026-12-03 08:09:00', '2026-12-03 08:39:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.message VALUES (300, 1001, 147, 1, 6, '2026-12-01 17:00:00', '2026-12-01 17:00:00', '2026-12-01 17:00:00', '2026-12-01 17:30:00', 'scheduled', '', 0, '', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);












INSERT INTO public.outbox_event VALUES (1, 1001, 'message.failed', 1, NULL, NULL, NULL, '', NULL, '', '2026-11-30 15:34:26');
INSERT INTO public.outbox_event VALUES (2, 1001, 'message.failed', 1, NULL, NULL, NULL, '', NULL, '', '2026-11-30 15:54:26');



INSERT INTO public.pairing VALUES (2, 'qr', '2@abcdEFGH0123456789abcdEFGH0123456789abcdEFGH0123456789abcdEFGH0123456789abcdEFGH0123456789abcdEFGH0123456789abcdEFGH0123456789abcdEFGH0123456789abcdEFGH0123456789abcdEFGH0123456789abcdEFGH0123456789abcdEFGH0123456789', '', '', '2026-11-30 18:04:26', '2026-11-30 19:04:26');


















INSERT INTO public.people_import VALUES (1, 1, 1001, '00000000000000000000000000000000', 'Choir 2026.csv', '["Name", "Phone", "Voice", "Member since"]', '[["Amina Albrecht", "Dilnoza Karimova", "Bruno Bianchi"], ["0151 0000 2001", "+49 151 00000 101", "0151 0000 2002"], ["alto", "bass", "soprano"], ["2019"]]', '["name", "phone", "field", "field"]', 'DE', '', '[]', 0, 'read', '{"new": 5, "wrong": 2, "double": 1}', '', NULL, 0, 8, 8, '', NULL, '2026-11-30 18:04:26', NULL);












INSERT INTO public.recipient VALUES (1, 1001, 'person', 'Dilnoza Karimova', 'dilnoza karimova  Dilnoza Karimova', NULL, '44696c6e6f7a61204b6172696d6f7661@lid', NULL, '{"Voice": "alto"}', 'Brings the keys.', true, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-30 15:04:26', NULL, NULL, 2);
INSERT INTO public.recipient VALUES (2, 1001, 'person', 'Łukasz Wójcik', 'lukasz wojcik  Łukasz Wójcik', NULL, 'c581756b61737a2057c3b36a63696b@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-30 08:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (3, 1001, 'person', 'ليلى عبد الرحمن بن عبد العزيز الهاشمي حداد', 'ليلى عبد الرحمن بن عبد العزيز الهاشمي حداد  ليلى عبد الرحمن بن عبد العزيز الهاشمي حداد', NULL, 'd984d98ad984d98920d8b9d8a8d8af20d8a7d984d8b1d8add985d98620d8a8d98620d8b9d8a8d8af20d8a7d984d8b9d8b2d98ad8b220d8a7d984d987d8a7d8b4d985d98a20d8add8afd8a7d8af@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-30 01:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (4, 1001, 'person', 'Nguyễn Thị Hoa', 'nguyen thi hoa  Nguyễn Thị Hoa', NULL, '4e677579e1bb856e205468e1bb8b20486f61@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 18:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (5, 1001, 'person', 'Олена Василівна Коваль-Тимошенко', 'олена васили￿вна коваль тимошенко  Олена Василівна Коваль-Тимошенко', NULL, 'd09ed0bbd0b5d0bdd0b020d092d0b0d181d0b8d0bbd196d0b2d0bdd0b020d09ad0bed0b2d0b0d0bbd18c2dd0a2d0b8d0bcd0bed188d0b5d0bdd0bad0be@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 11:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (6, 1001, 'person', 'Person 0', 'person 10  Person 0', NULL, '506572736f6e2030@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-30 13:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (7, 1001, 'person', 'Person 1', 'person 11  Person 1', NULL, '506572736f6e2031@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-30 13:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (8, 1001, 'person', 'Person 2', 'person 12  Person 2', NULL, '506572736f6e2032@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-30 13:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (9, 1001, 'person', 'Person 3', 'person 13  Person 3', NULL, '506572736f6e2033@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (10, 1001, 'person', 'Person 4', 'person 14  Person 4', NULL, '506572736f6e2034@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (11, 1001, 'person', 'Person 5', 'person 15  Person 5', NULL, '506572736f6e2035@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (12, 1001, 'person', 'Person 6', 'person 16  Person 6', NULL, '506572736f6e2036@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (13, 1001, 'person', 'Person 7', 'person 17  Person 7', NULL, '506572736f6e2037@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (14, 1001, 'person', 'Person 8', 'person 18  Person 8', NULL, '506572736f6e2038@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (15, 1001, 'person', 'Person 9', 'person 19  Person 9', NULL, '506572736f6e2039@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (16, 1001, 'person', 'Person 10', 'person 210  Person 10', NULL, '506572736f6e203130@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (17, 1001, 'person', 'Person 11', 'person 211  Person 11', NULL, '506572736f6e203131@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (18, 1001, 'person', 'Person 12', 'person 212  Person 12', NULL, '506572736f6e203132@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (19, 1001, 'person', 'Person 13', 'person 213  Person 13', NULL, '506572736f6e203133@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (20, 1001, 'person', 'Person 14', 'person 214  Person 14', NULL, '506572736f6e203134@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (21, 1001, 'person', 'Person 15', 'person 215  Person 15', NULL, '506572736f6e203135@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (22, 1001, 'person', 'Person 16', 'person 216  Person 16', NULL, '506572736f6e203136@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (23, 1001, 'person', 'Person 17', 'person 217  Person 17', NULL, '506572736f6e203137@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (24, 1001, 'person', 'Person 18', 'person 218  Person 18', NULL, '506572736f6e203138@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (25, 1001, 'person', 'Person 19', 'person 219  Person 19', NULL, '506572736f6e203139@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (26, 1001, 'person', 'Person 20', 'person 220  Person 20', NULL, '506572736f6e203230@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (27, 1001, 'person', 'Person 21', 'person 221  Person 21', NULL, '506572736f6e203231@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (28, 1001, 'person', 'Person 22', 'person 222  Person 22', NULL, '506572736f6e203232@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (29, 1001, 'person', 'Person 23', 'person 223  Person 23', NULL, '506572736f6e203233@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (30, 1001, 'person', 'Person 24', 'person 224  Person 24', NULL, '506572736f6e203234@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (31, 1001, 'person', 'Person 25', 'person 225  Person 25', NULL, '506572736f6e203235@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (32, 1001, 'person', 'Person 26', 'person 226  Person 26', NULL, '506572736f6e203236@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (33, 1001, 'person', 'Person 27', 'person 227  Person 27', NULL, '506572736f6e203237@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (34, 1001, 'person', 'Person 28', 'person 228  Person 28', NULL, '506572736f6e203238@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (35, 1001, 'person', 'Person 29', 'person 229  Person 29', NULL, '506572736f6e203239@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (36, 1001, 'person', 'Person 30', 'person 230  Person 30', NULL, '506572736f6e203330@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (37, 1001, 'person', 'Person 31', 'person 231  Person 31', NULL, '506572736f6e203331@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (38, 1001, 'person', 'Person 32', 'person 232  Person 32', NULL, '506572736f6e203332@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (39, 1001, 'person', 'Person 33', 'person 233  Person 33', NULL, '506572736f6e203333@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (40, 1001, 'person', 'Person 34', 'person 234  Person 34', NULL, '506572736f6e203334@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (41, 1001, 'person', 'Person 35', 'person 235  Person 35', NULL, '506572736f6e203335@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (42, 1001, 'person', 'Person 36', 'person 236  Person 36', NULL, '506572736f6e203336@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (43, 1001, 'person', 'Person 37', 'person 237  Person 37', NULL, '506572736f6e203337@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (44, 1001, 'person', 'Person 38', 'person 238  Person 38', NULL, '506572736f6e203338@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (45, 1001, 'person', 'Person 39', 'person 239  Person 39', NULL, '506572736f6e203339@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (46, 1001, 'person', 'Person 40', 'person 240  Person 40', NULL, '506572736f6e203430@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (47, 1001, 'person', 'Person 41', 'person 241  Person 41', NULL, '506572736f6e203431@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (48, 1001, 'person', 'Person 42', 'person 242  Person 42', NULL, '506572736f6e203432@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (49, 1001, 'person', 'Person 43', 'person 243  Person 43', NULL, '506572736f6e203433@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (50, 1001, 'person', 'Person 44', 'person 244  Person 44', NULL, '506572736f6e203434@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (51, 1001, 'person', 'Person 45', 'person 245  Person 45', NULL, '506572736f6e203435@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (52, 1001, 'person', 'Person 46', 'person 246  Person 46', NULL, '506572736f6e203436@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (53, 1001, 'person', 'Person 47', 'person 247  Person 47', NULL, '506572736f6e203437@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (54, 1001, 'person', 'Person 48', 'person 248  Person 48', NULL, '506572736f6e203438@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (55, 1001, 'person', 'Person 49', 'person 249  Person 49', NULL, '506572736f6e203439@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (56, 1001, 'person', 'Person 50', 'person 250  Person 50', NULL, '506572736f6e203530@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (57, 1001, 'person', 'Person 51', 'person 251  Person 51', NULL, '506572736f6e203531@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (58, 1001, 'person', 'Person 52', 'person 252  Person 52', NULL, '506572736f6e203532@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (59, 1001, 'person', 'Person 53', 'person 253  Person 53', NULL, '506572736f6e203533@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (60, 1001, 'person', 'Person 54', 'person 254  Person 54', NULL, '506572736f6e203534@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (61, 1001, 'person', 'Person 55', 'person 255  Person 55', NULL, '506572736f6e203535@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (62, 1001, 'person', 'Person 56', 'person 256  Person 56', NULL, '506572736f6e203536@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (63, 1001, 'person', 'Person 57', 'person 257  Person 57', NULL, '506572736f6e203537@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (64, 1001, 'person', 'Person 58', 'person 258  Person 58', NULL, '506572736f6e203538@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (65, 1001, 'person', 'Person 59', 'person 259  Person 59', NULL, '506572736f6e203539@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (66, 1001, 'person', 'Person 60', 'person 260  Person 60', NULL, '506572736f6e203630@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (67, 1001, 'person', 'Person 61', 'person 261  Person 61', NULL, '506572736f6e203631@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (68, 1001, 'person', 'Person 62', 'person 262  Person 62', NULL, '506572736f6e203632@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (69, 1001, 'person', 'Person 63', 'person 263  Person 63', NULL, '506572736f6e203633@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (70, 1001, 'person', 'Person 64', 'person 264  Person 64', NULL, '506572736f6e203634@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (71, 1001, 'person', 'Person 65', 'person 265  Person 65', NULL, '506572736f6e203635@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (72, 1001, 'person', 'Person 66', 'person 266  Person 66', NULL, '506572736f6e203636@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (73, 1001, 'person', 'Person 67', 'person 267  Person 67', NULL, '506572736f6e203637@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (74, 1001, 'person', 'Person 68', 'person 268  Person 68', NULL, '506572736f6e203638@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (75, 1001, 'person', 'Person 69', 'person 269  Person 69', NULL, '506572736f6e203639@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (76, 1001, 'person', 'Person 70', 'person 270  Person 70', NULL, '506572736f6e203730@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (77, 1001, 'person', 'Person 71', 'person 271  Person 71', NULL, '506572736f6e203731@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (78, 1001, 'person', 'Person 72', 'person 272  Person 72', NULL, '506572736f6e203732@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (79, 1001, 'person', 'Person 73', 'person 273  Person 73', NULL, '506572736f6e203733@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (80, 1001, 'person', 'Person 74', 'person 274  Person 74', NULL, '506572736f6e203734@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (81, 1001, 'person', 'Person 75', 'person 275  Person 75', NULL, '506572736f6e203735@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (82, 1001, 'person', 'Person 76', 'person 276  Person 76', NULL, '506572736f6e203736@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (83, 1001, 'person', 'Person 77', 'person 277  Person 77', NULL, '506572736f6e203737@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (84, 1001, 'person', 'Person 78', 'person 278  Person 78', NULL, '506572736f6e203738@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (85, 1001, 'person', 'Person 79', 'person 279  Person 79', NULL, '506572736f6e203739@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (86, 1001, 'person', 'Person 80', 'person 280  Person 80', NULL, '506572736f6e203830@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (87, 1001, 'person', 'Person 81', 'person 281  Person 81', NULL, '506572736f6e203831@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (88, 1001, 'person', 'Person 82', 'person 282  Person 82', NULL, '506572736f6e203832@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (89, 1001, 'person', 'Person 83', 'person 283  Person 83', NULL, '506572736f6e203833@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (90, 1001, 'person', 'Person 84', 'person 284  Person 84', NULL, '506572736f6e203834@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (91, 1001, 'person', 'Person 85', 'person 285  Person 85', NULL, '506572736f6e203835@lid', NULL, '{}', '', NULL, NULL, NULL, 0, false, true, NULL, NULL, NULL, '2026-11-29 16:04:26', NULL, NULL, 1);
INSERT INTO public.recipient VALUES (92, 1001, 'group', 'Altos', 'altos  Altos', NULL, '120363000000000018@g.us', NULL, '{}', '', NULL, NULL, 1, 18, false, true, NULL, NULL, NULL, '2026-11-30 18:04:26', NULL, NULL, 1);



INSERT INTO public.recipient_list VALUES (1, 1001, 'Whole choir', '2026-11-30 18:04:26', '2026-11-30 18:04:26', 1, 2);






INSERT INTO public.reply VALUES (1, 1001, 1, 11, 6, 6, 'REPLY0', '4915100000200@s.whatsapp.net', '', '', 'text', 'Yes, I come. Where do we meet?', 'window', '2026-11-30 17:59:26', NULL, NULL);
INSERT INTO public.reply VALUES (2, 1001, 1, 12, 7, 7, 'REPLY1', '4915100000201@s.whatsapp.net', '', '', 'voice', '', 'quote', '2026-11-30 17:58:26', NULL, NULL);
INSERT INTO public.reply VALUES (3, 1001, 1, 13, 8, 8, 'REPLY2', '4915100000202@s.whatsapp.net', '', '', 'text', 'مرحبا بكم جميعا في بروفة الجوقة مساء اليوم في تمام الساعة السابعة والنصف، أحضروا الملف الأزرق', 'window', '2026-11-30 17:57:26', '2026-11-30 18:02:26', NULL);
INSERT INTO public.reply VALUES (4, 1001, 1, 14, 9, 9, 'REPLY3', '4915100000203@s.whatsapp.net', '', '', 'photo', 'This is the new hall', 'quote', '2026-11-30 17:56:26', NULL, '2026-11-30 18:04:26');



INSERT INTO public.schedule VALUES (1, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-11-30 15:04:26', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-11-30 15:04:26', '2026-11-30 15:04:26', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (2, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-11-30 08:04:26', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-11-30 08:04:26', '2026-11-30 08:04:26', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (3, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-11-30 01:04:26', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-11-30 01:04:26', '2026-11-30 01:04:26', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (4, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-11-29 18:04:26', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-11-29 18:04:26', '2026-11-29 18:04:26', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (5, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-11-29 11:04:26', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-11-29 11:04:26', '2026-11-29 11:04:26', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (6, 1001, NULL, NULL, 1, 2, '[]', 'Dear Dilnoza, your honey cake is ready. We are open until 18:00 today.', '2026-11-30 16:04:26', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-11-30 16:04:26', '2026-11-30 16:04:26', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (7, 1001, NULL, NULL, 1, 2, '[]', 'Rehearsal at 19:30', '2026-11-30 13:04:26', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-11-30 13:04:26', '2026-11-30 13:04:26', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (8, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-11-29 18:04:26', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-11-29 18:04:26', '2026-11-29 18:04:26', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (9, 1001, NULL, NULL, 1, 1, '[]', 'Today from the oven: rye loaf', '2026-11-29 16:04:26', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-11-29 16:04:26', '2026-11-29 16:04:26', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (10, 1001, NULL, NULL, 1, 1, '[]', 'Concert tickets are on sale', '2026-11-30 17:52:26', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-11-30 17:52:26', '2026-11-30 17:52:26', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (11, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-11-30 19:04:26', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-11-30 19:04:26', '2026-11-30 19:04:26', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (12, 1001, NULL, NULL, 1, 1, '[]', 'مرحبا بكم جميعا في بروفة الجوقة مساء اليوم في تمام الساعة السابعة والنصف، أحضروا الملف الأزرق', '2026-12-01 00:04:26', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-01 00:04:26', '2026-12-01 00:04:26', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (13, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-01 05:04:26', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-01 05:04:26', '2026-12-01 05:04:26', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (14, 1001, NULL, NULL, 1, 1, '[]', 'مرحبا بكم جميعا في بروفة الجوقة مساء اليوم في تمام الساعة السابعة والنصف، أحضروا الملف الأزرق', '2026-12-01 10:04:26', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-01 10:04:26', '2026-12-01 10:04:26', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (15, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-01 15:04:26', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-01 15:04:26', '2026-12-01 15:04:26', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (16, 1001, NULL, NULL, 1, 2, '[]', 'Rehearsal at 19:30', '2026-12-02 00:04:26', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-02 00:04:26', '2026-12-02 00:04:26', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (17, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:00:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:00:00', '2026-12-03 06:00:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (18, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:01:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:01:00', '2026-12-03 06:01:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (19, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:02:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:02:00', '2026-12-03 06:02:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (20, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:03:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:03:00', '2026-12-03 06:03:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (21, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:04:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:04:00', '2026-12-03 06:04:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (22, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:05:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:05:00', '2026-12-03 06:05:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (23, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:06:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:06:00', '2026-12-03 06:06:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (24, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:07:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:07:00', '2026-12-03 06:07:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (25, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:08:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:08:00', '2026-12-03 06:08:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (26, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:09:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:09:00', '2026-12-03 06:09:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (27, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:10:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:10:00', '2026-12-03 06:10:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (28, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:11:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:11:00', '2026-12-03 06:11:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (29, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:12:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:12:00', '2026-12-03 06:12:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (30, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:13:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:13:00', '2026-12-03 06:13:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (31, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:14:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:14:00', '2026-12-03 06:14:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (32, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:15:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:15:00', '2026-12-03 06:15:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (33, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:16:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:16:00', '2026-12-03 06:16:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (34, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:17:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:17:00', '2026-12-03 06:17:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (35, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:18:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:18:00', '2026-12-03 06:18:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (36, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:19:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:19:00', '2026-12-03 06:19:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (37, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:20:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:20:00', '2026-12-03 06:20:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (38, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:21:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:21:00', '2026-12-03 06:21:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (39, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:22:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:22:00', '2026-12-03 06:22:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (40, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:23:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:23:00', '2026-12-03 06:23:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (41, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:24:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:24:00', '2026-12-03 06:24:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (42, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:25:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:25:00', '2026-12-03 06:25:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (43, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:26:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:26:00', '2026-12-03 06:26:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (44, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:27:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:27:00', '2026-12-03 06:27:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (45, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:28:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:28:00', '2026-12-03 06:28:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (46, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:29:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:29:00', '2026-12-03 06:29:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (47, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:30:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:30:00', '2026-12-03 06:30:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (48, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:31:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:31:00', '2026-12-03 06:31:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (49, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:32:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:32:00', '2026-12-03 06:32:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (50, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:33:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:33:00', '2026-12-03 06:33:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (51, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:34:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:34:00', '2026-12-03 06:34:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (52, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:35:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:35:00', '2026-12-03 06:35:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (53, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:36:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:36:00', '2026-12-03 06:36:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (54, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:37:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:37:00', '2026-12-03 06:37:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (55, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:38:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:38:00', '2026-12-03 06:38:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (56, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:39:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:39:00', '2026-12-03 06:39:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (57, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:40:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:40:00', '2026-12-03 06:40:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (58, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:41:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:41:00', '2026-12-03 06:41:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (59, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:42:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:42:00', '2026-12-03 06:42:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (60, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:43:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:43:00', '2026-12-03 06:43:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (61, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:44:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:44:00', '2026-12-03 06:44:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (62, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:45:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:45:00', '2026-12-03 06:45:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (63, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:46:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:46:00', '2026-12-03 06:46:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (64, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:47:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:47:00', '2026-12-03 06:47:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (65, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:48:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:48:00', '2026-12-03 06:48:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (66, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:49:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:49:00', '2026-12-03 06:49:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (67, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:50:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:50:00', '2026-12-03 06:50:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (68, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:51:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:51:00', '2026-12-03 06:51:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (69, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:52:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:52:00', '2026-12-03 06:52:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (70, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:53:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:53:00', '2026-12-03 06:53:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (71, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:54:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:54:00', '2026-12-03 06:54:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (72, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:55:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:55:00', '2026-12-03 06:55:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (73, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:56:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:56:00', '2026-12-03 06:56:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (74, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:57:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:57:00', '2026-12-03 06:57:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (75, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:58:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:58:00', '2026-12-03 06:58:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (76, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 06:59:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 06:59:00', '2026-12-03 06:59:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (77, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:00:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:00:00', '2026-12-03 07:00:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (78, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:01:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:01:00', '2026-12-03 07:01:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (79, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:02:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:02:00', '2026-12-03 07:02:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (80, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:03:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:03:00', '2026-12-03 07:03:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (81, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:04:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:04:00', '2026-12-03 07:04:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (82, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:05:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:05:00', '2026-12-03 07:05:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (83, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:06:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:06:00', '2026-12-03 07:06:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (84, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:07:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:07:00', '2026-12-03 07:07:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (85, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:08:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:08:00', '2026-12-03 07:08:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (86, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:09:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:09:00', '2026-12-03 07:09:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (87, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:10:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:10:00', '2026-12-03 07:10:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (88, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:11:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:11:00', '2026-12-03 07:11:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (89, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:12:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:12:00', '2026-12-03 07:12:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (90, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:13:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:13:00', '2026-12-03 07:13:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (91, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:14:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:14:00', '2026-12-03 07:14:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (92, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:15:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:15:00', '2026-12-03 07:15:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (93, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:16:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:16:00', '2026-12-03 07:16:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (94, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:17:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:17:00', '2026-12-03 07:17:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (95, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:18:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:18:00', '2026-12-03 07:18:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (96, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:19:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:19:00', '2026-12-03 07:19:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (97, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:20:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:20:00', '2026-12-03 07:20:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (98, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:21:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:21:00', '2026-12-03 07:21:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (99, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:22:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:22:00', '2026-12-03 07:22:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (100, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:23:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:23:00', '2026-12-03 07:23:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (101, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:24:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:24:00', '2026-12-03 07:24:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (102, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:25:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:25:00', '2026-12-03 07:25:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (103, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:26:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:26:00', '2026-12-03 07:26:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (104, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:27:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:27:00', '2026-12-03 07:27:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (105, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:28:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:28:00', '2026-12-03 07:28:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (106, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:29:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:29:00', '2026-12-03 07:29:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (107, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:30:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:30:00', '2026-12-03 07:30:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (108, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:31:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:31:00', '2026-12-03 07:31:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (109, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:32:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:32:00', '2026-12-03 07:32:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (110, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:33:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:33:00', '2026-12-03 07:33:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (111, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:34:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:34:00', '2026-12-03 07:34:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (112, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:35:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:35:00', '2026-12-03 07:35:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (113, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:36:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:36:00', '2026-12-03 07:36:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (114, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:37:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:37:00', '2026-12-03 07:37:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (115, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:38:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:38:00', '2026-12-03 07:38:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (116, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:39:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:39:00', '2026-12-03 07:39:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (117, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:40:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:40:00', '2026-12-03 07:40:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (118, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:41:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:41:00', '2026-12-03 07:41:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (119, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:42:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:42:00', '2026-12-03 07:42:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (120, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:43:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:43:00', '2026-12-03 07:43:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (121, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:44:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:44:00', '2026-12-03 07:44:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (122, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:45:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:45:00', '2026-12-03 07:45:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (123, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:46:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:46:00', '2026-12-03 07:46:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (124, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:47:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:47:00', '2026-12-03 07:47:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (125, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:48:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:48:00', '2026-12-03 07:48:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (126, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:49:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:49:00', '2026-12-03 07:49:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (127, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:50:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:50:00', '2026-12-03 07:50:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (128, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:51:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:51:00', '2026-12-03 07:51:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (129, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:52:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:52:00', '2026-12-03 07:52:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (130, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:53:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:53:00', '2026-12-03 07:53:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (131, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:54:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:54:00', '2026-12-03 07:54:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (132, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:55:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:55:00', '2026-12-03 07:55:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (133, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:56:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:56:00', '2026-12-03 07:56:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (134, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:57:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:57:00', '2026-12-03 07:57:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (135, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:58:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:58:00', '2026-12-03 07:58:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (136, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 07:59:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 07:59:00', '2026-12-03 07:59:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (137, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 08:00:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 08:00:00', '2026-12-03 08:00:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (138, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 08:01:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 08:01:00', '2026-12-03 08:01:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (139, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 08:02:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 08:02:00', '2026-12-03 08:02:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (140, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 08:03:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 08:03:00', '2026-12-03 08:03:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (141, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 08:04:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 08:04:00', '2026-12-03 08:04:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (142, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 08:05:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 08:05:00', '2026-12-03 08:05:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (143, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 08:06:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 08:06:00', '2026-12-03 08:06:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (144, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 08:07:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 08:07:00', '2026-12-03 08:07:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (145, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 08:08:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 08:08:00', '2026-12-03 08:08:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (146, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal at 19:30', '2026-12-03 08:09:00', 'UTC', '', 'skip', '[]', 1800, false, false, 'active', NULL, NULL, '', '2026-12-03 08:09:00', '2026-12-03 08:09:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');
INSERT INTO public.schedule VALUES (147, 1001, NULL, NULL, 1, 1, '[]', 'Rehearsal is tonight at 19:30', '2026-12-01 17:00:00', 'Europe/Berlin', 'FREQ=WEEKLY;BYDAY=TU,TH', 'skip', '[]', 1800, false, false, 'active', '2026-12-01 17:00:00', NULL, '', '2026-12-01 17:00:00', '2026-12-01 17:00:00', NULL, NULL, '', 0, '', NULL, NULL, NULL, NULL, '', '{}', NULL, NULL, '');









INSERT INTO public.schedule_recipient VALUES (147, 1, true, NULL);





















INSERT INTO public.space VALUES (1001, 'Miriam', '2026-11-30 18:04:26.624414', 30, false);



INSERT INTO public.template VALUES (1, 1001, 'Market day', 'We stand at the market today, {first_name}.', 0, NULL, '2026-11-30 18:04:26', '2026-11-30 18:04:26', 1, 1);









INSERT INTO public."user" VALUES (1, 'miriam@choir.example', 'Miriam', '', true, 'Europe/Berlin', '2026-11-30 18:04:26.624414', NULL);






INSERT INTO public.webhook VALUES (1, 1001, 'https://hooks.example.org/wasched', '[]', false, 'whsec_svcz36bfOCAy+R1sDwX7F3Bh5o/9jS2+r4yNGjCS22s=', '', NULL, 'paused', '2026-11-30 16:04:26', 0, 0, NULL, NULL, '2026-11-27 18:04:26');



INSERT INTO public.webhook_delivery VALUES (1, 1, 1, 'message 1', 'done', 1, '2026-11-30 15:34:26', NULL, '2026-11-30 15:34:26', 200, '');
INSERT INTO public.webhook_delivery VALUES (2, 1, 2, 'message 1', 'waiting', 1, '2026-11-30 15:54:26', NULL, '2026-11-30 15:54:26', 500, 'The hook is being mended');



SELECT pg_catalog.setval('public.account_id_seq', 4, true);



SELECT pg_catalog.setval('public.alert_id_seq', 1, false);



SELECT pg_catalog.setval('public.alert_way_id_seq', 1, false);



SELECT pg_catalog.setval('public.amendment_id_seq', 1, false);



SELECT pg_catalog.setval('public.api_key_id_seq', 1, false);



SELECT pg_catalog.setval('public.attempt_id_seq', 130, true);



SELECT pg_catalog.setval('public.audit_entry_id_seq', 1, false);



SELECT pg_catalog.setval('public.change_id_seq', 5, true);



SELECT pg_catalog.setval('public.draft_id_seq', 1, true);



SELECT pg_catalog.setval('public.import_row_id_seq', 8, true);



SELECT pg_catalog.setval('public.incident_id_seq', 1, false);



SELECT pg_catalog.setval('public.invitation_id_seq', 1, false);



SELECT pg_catalog.setval('public.keyword_id_seq', 1, false);



SELECT pg_catalog.setval('public.keyword_use_id_seq', 1, false);



SELECT pg_catalog.setval('public.media_file_id_seq', 1, false);



SELECT pg_catalog.setval('public.message_id_seq', 300, true);



SELECT pg_catalog.setval('public.number_period_id_seq', 1, false);



SELECT pg_catalog.setval('public.outbox_event_id_seq', 2, true);



SELECT pg_catalog.setval('public.passkey_id_seq', 1, false);



SELECT pg_catalog.setval('public.password_request_id_seq', 1, false);



SELECT pg_catalog.setval('public.people_import_id_seq', 1, true);



SELECT pg_catalog.setval('public.reaction_id_seq', 1, false);



SELECT pg_catalog.setval('public.receipt_id_seq', 1, false);



SELECT pg_catalog.setval('public.recipient_id_seq', 92, true);



SELECT pg_catalog.setval('public.recipient_list_id_seq', 1, true);



SELECT pg_catalog.setval('public.recovery_code_id_seq', 1, false);



SELECT pg_catalog.setval('public.reply_id_seq', 4, true);



SELECT pg_catalog.setval('public.schedule_id_seq', 147, true);



SELECT pg_catalog.setval('public.send_hold_id_seq', 1, false);



SELECT pg_catalog.setval('public.sign_in_id_seq', 1, false);



SELECT pg_catalog.setval('public.sign_in_try_id_seq', 1, false);



SELECT pg_catalog.setval('public.space_id_seq', 1001, true);



SELECT pg_catalog.setval('public.template_id_seq', 1, true);



SELECT pg_catalog.setval('public.unsettled_answer_id_seq', 1, false);



SELECT pg_catalog.setval('public.user_id_seq', 1, true);



SELECT pg_catalog.setval('public.vote_id_seq', 1, false);



SELECT pg_catalog.setval('public.webhook_delivery_id_seq', 2, true);



SELECT pg_catalog.setval('public.webhook_id_seq', 1, true);



ALTER TABLE ONLY public.account_day
    ADD CONSTRAINT account_day_pkey PRIMARY KEY (account_id, day);



ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.acquaintance
    ADD CONSTRAINT acquaintance_pkey PRIMARY KEY (account_id, recipient_id);



ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);



ALTER TABLE ONLY public.alert
    ADD CONSTRAINT alert_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.alert_quiet
    ADD CONSTRAINT alert_quiet_pkey PRIMARY KEY (user_id);



ALTER TABLE ONLY public.alert_way
    ADD CONSTRAINT alert_way_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.amendment
    ADD CONSTRAINT amendment_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT attempt_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.brought_over
    ADD CONSTRAINT brought_over_pkey PRIMARY KEY (kind, old);



ALTER TABLE ONLY public.calendar_address
    ADD CONSTRAINT calendar_address_pkey PRIMARY KEY (user_id, space_id);



ALTER TABLE ONLY public.change
    ADD CONSTRAINT change_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_pkey PRIMARY KEY (account_id, phone);



ALTER TABLE ONLY public.draft
    ADD CONSTRAINT draft_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.event_reader
    ADD CONSTRAINT event_reader_pkey PRIMARY KEY (space_id);



ALTER TABLE ONLY public.group_invite
    ADD CONSTRAINT group_invite_pkey PRIMARY KEY (group_id);



ALTER TABLE ONLY public.group_member
    ADD CONSTRAINT group_member_pkey PRIMARY KEY (group_id, address);



ALTER TABLE ONLY public.half_sign_in
    ADD CONSTRAINT half_sign_in_pkey PRIMARY KEY (token_hash);



ALTER TABLE ONLY public.heartbeat
    ADD CONSTRAINT heartbeat_pkey PRIMARY KEY (worker);



ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT import_row_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.incident
    ADD CONSTRAINT incident_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.kept_answer
    ADD CONSTRAINT kept_answer_pkey PRIMARY KEY (key_id, name);



ALTER TABLE ONLY public.keyword_form
    ADD CONSTRAINT keyword_form_pkey PRIMARY KEY (space_id, form);



ALTER TABLE ONLY public.keyword
    ADD CONSTRAINT keyword_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.keyword_use
    ADD CONSTRAINT keyword_use_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.lease
    ADD CONSTRAINT lease_pkey PRIMARY KEY (account_id);



ALTER TABLE ONLY public.link_wish
    ADD CONSTRAINT link_wish_pkey PRIMARY KEY (account_id);



ALTER TABLE ONLY public.list_member
    ADD CONSTRAINT list_member_pkey PRIMARY KEY (list_id, recipient_id);



ALTER TABLE ONLY public.list_part
    ADD CONSTRAINT list_part_pkey PRIMARY KEY (list_id, part_id);



ALTER TABLE ONLY public.media_file
    ADD CONSTRAINT media_file_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_pkey PRIMARY KEY (user_id, space_id);



ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.number_check
    ADD CONSTRAINT number_check_pkey PRIMARY KEY (space_id, phone);



ALTER TABLE ONLY public.number_period
    ADD CONSTRAINT number_period_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.number
    ADD CONSTRAINT number_pkey PRIMARY KEY (digits);



ALTER TABLE ONLY public.outbox_event
    ADD CONSTRAINT outbox_event_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.pairing
    ADD CONSTRAINT pairing_pkey PRIMARY KEY (account_id, kind);



ALTER TABLE ONLY public.passkey_challenge
    ADD CONSTRAINT passkey_challenge_pkey PRIMARY KEY (challenge_hash);



ALTER TABLE ONLY public.passkey_link
    ADD CONSTRAINT passkey_link_pkey PRIMARY KEY (account_id);



ALTER TABLE ONLY public.passkey
    ADD CONSTRAINT passkey_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.password_link
    ADD CONSTRAINT password_link_pkey PRIMARY KEY (user_id);



ALTER TABLE ONLY public.password_request
    ADD CONSTRAINT password_request_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.people_import
    ADD CONSTRAINT people_import_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.post_views
    ADD CONSTRAINT post_views_pkey PRIMARY KEY (message_id);



ALTER TABLE ONLY public.reaction
    ADD CONSTRAINT reaction_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.receipt
    ADD CONSTRAINT receipt_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.recipient_list
    ADD CONSTRAINT recipient_list_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.recipient
    ADD CONSTRAINT recipient_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT recovery_code_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.reply
    ADD CONSTRAINT reply_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.schedule_left_out
    ADD CONSTRAINT schedule_left_out_pkey PRIMARY KEY (schedule_id, recipient_id);



ALTER TABLE ONLY public.schedule_list
    ADD CONSTRAINT schedule_list_pkey PRIMARY KEY (schedule_id, list_id);



ALTER TABLE ONLY public.schedule
    ADD CONSTRAINT schedule_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.schedule_recipient
    ADD CONSTRAINT schedule_recipient_pkey PRIMARY KEY (schedule_id, recipient_id);



ALTER TABLE ONLY public.second_step
    ADD CONSTRAINT second_step_pkey PRIMARY KEY (user_id);



ALTER TABLE ONLY public.send_hold
    ADD CONSTRAINT send_hold_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.sent_poll
    ADD CONSTRAINT sent_poll_pkey PRIMARY KEY (message_id);



ALTER TABLE ONLY public.setting
    ADD CONSTRAINT setting_pkey PRIMARY KEY (name);



ALTER TABLE ONLY public.sign_in
    ADD CONSTRAINT sign_in_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.sign_in_try
    ADD CONSTRAINT sign_in_try_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.space
    ADD CONSTRAINT space_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.template
    ADD CONSTRAINT template_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.unsettled_answer
    ADD CONSTRAINT unsettled_answer_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.upload
    ADD CONSTRAINT upload_pkey PRIMARY KEY (token);



ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT uq_api_key_token_hash UNIQUE (token_hash);



ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT uq_attempt_number UNIQUE (message_id, number);



ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT uq_attempt_secret UNIQUE (secret);



ALTER TABLE ONLY public.calendar_address
    ADD CONSTRAINT uq_calendar_address_token_hash UNIQUE (token_hash);



ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT uq_import_row_position UNIQUE (import_id, "position");



ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT uq_invitation_token_hash UNIQUE (token_hash);



ALTER TABLE ONLY public.keyword_use
    ADD CONSTRAINT uq_keyword_use_once UNIQUE (account_id, whatsapp_id);



ALTER TABLE ONLY public.message
    ADD CONSTRAINT uq_message_once UNIQUE (schedule_id, occurrence_at, recipient_id);



ALTER TABLE ONLY public.passkey
    ADD CONSTRAINT uq_passkey_credential_id UNIQUE (credential_id);



ALTER TABLE ONLY public.receipt
    ADD CONSTRAINT uq_receipt_once UNIQUE (account_id, whatsapp_id, kind, by);



ALTER TABLE ONLY public.recipient
    ADD CONSTRAINT uq_recipient_jid UNIQUE (space_id, jid);



ALTER TABLE ONLY public.recipient_list
    ADD CONSTRAINT uq_recipient_list_name UNIQUE (space_id, name);



ALTER TABLE ONLY public.recipient
    ADD CONSTRAINT uq_recipient_phone UNIQUE (space_id, phone);



ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT uq_recovery_code UNIQUE (user_id, code_hash);



ALTER TABLE ONLY public.reply
    ADD CONSTRAINT uq_reply_once UNIQUE (account_id, whatsapp_id);



ALTER TABLE ONLY public.send_hold
    ADD CONSTRAINT uq_send_hold_once UNIQUE (schedule_id, occurrence_at);



ALTER TABLE ONLY public.sign_in
    ADD CONSTRAINT uq_sign_in_token_hash UNIQUE (token_hash);



ALTER TABLE ONLY public.template
    ADD CONSTRAINT uq_template_name UNIQUE (space_id, name);



ALTER TABLE ONLY public."user"
    ADD CONSTRAINT uq_user_email UNIQUE (email);



ALTER TABLE ONLY public."user"
    ADD CONSTRAINT user_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.vote
    ADD CONSTRAINT vote_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.webhook_delivery
    ADD CONSTRAINT webhook_delivery_pkey PRIMARY KEY (id);



ALTER TABLE ONLY public.webhook
    ADD CONSTRAINT webhook_pkey PRIMARY KEY (id);



CREATE INDEX ix_account_space_id ON public.account USING btree (space_id);



CREATE INDEX ix_acquaintance_since ON public.acquaintance USING btree (account_id, since);



CREATE INDEX ix_alert_waits ON public.alert USING btree (try_at) WHERE ((sent_at IS NULL) AND (given_up_at IS NULL));



CREATE INDEX ix_alert_way_id ON public.alert USING btree (way_id);



CREATE INDEX ix_alert_way_sign_in_id ON public.alert_way USING btree (sign_in_id);



CREATE INDEX ix_alert_way_user_id ON public.alert_way USING btree (user_id);



CREATE INDEX ix_amendment_message ON public.amendment USING btree (message_id);



CREATE INDEX ix_amendment_waiting ON public.amendment USING btree (account_id, until) WHERE ((state)::text = 'waiting'::text);



CREATE INDEX ix_api_key_space_id ON public.api_key USING btree (space_id);



CREATE INDEX ix_attempt_whatsapp_id ON public.attempt USING btree (whatsapp_id);



CREATE INDEX ix_audit_entry_at ON public.audit_entry USING btree (at);



CREATE INDEX ix_audit_entry_space_at ON public.audit_entry USING btree (space_id, at);



CREATE INDEX ix_audit_entry_space_kind ON public.audit_entry USING btree (space_id, kind, at);



CREATE INDEX ix_audit_entry_space_user ON public.audit_entry USING btree (space_id, user_id, at);



CREATE INDEX ix_contact_of_space ON public.contact USING btree (space_id, name);



CREATE INDEX ix_draft_space_id ON public.draft USING btree (space_id);



CREATE INDEX ix_draft_user_id ON public.draft USING btree (user_id);



CREATE INDEX ix_group_invite_account_id ON public.group_invite USING btree (account_id);



CREATE INDEX ix_import_row_by_verdict ON public.import_row USING btree (import_id, verdict, "position");



CREATE INDEX ix_import_row_recipient_id ON public.import_row USING btree (recipient_id);



CREATE INDEX ix_incident_began ON public.incident USING btree (began_at);



CREATE INDEX ix_kept_answer_at ON public.kept_answer USING btree (at);



CREATE INDEX ix_keyword_form_keyword_id ON public.keyword_form USING btree (keyword_id);



CREATE INDEX ix_keyword_list_id ON public.keyword USING btree (list_id);



CREATE INDEX ix_keyword_space_id ON public.keyword USING btree (space_id);



CREATE INDEX ix_keyword_use_person ON public.keyword_use USING btree (person_id, at);



CREATE INDEX ix_keyword_use_space ON public.keyword_use USING btree (space_id, at);



CREATE INDEX ix_list_member_recipient_id ON public.list_member USING btree (recipient_id);



CREATE INDEX ix_list_part_part_id ON public.list_part USING btree (part_id);



CREATE INDEX ix_media_file_digest ON public.media_file USING btree (digest);



CREATE INDEX ix_media_file_made_from ON public.media_file USING btree (made_from);



CREATE INDEX ix_media_file_space_id ON public.media_file USING btree (space_id);



CREATE INDEX ix_membership_space_id ON public.membership USING btree (space_id);



CREATE INDEX ix_message_account_due ON public.message USING btree (account_id, due_at, schedule_id);



CREATE INDEX ix_message_drain ON public.message USING btree (account_id, status, try_at, id);



CREATE INDEX ix_message_due ON public.message USING btree (due_at, schedule_id, status, dismissed_at);



CREATE INDEX ix_message_needs ON public.message USING btree (dismissed_at, due_at, schedule_id) WHERE ((status)::text = ANY ((ARRAY['failed'::character varying, 'missed'::character varying, 'unknown'::character varying])::text[]));



CREATE INDEX ix_message_recipient_due ON public.message USING btree (recipient_id, due_at, schedule_id);



CREATE INDEX ix_message_sent ON public.message USING btree (account_id, sent_at);



CREATE INDEX ix_message_space_due ON public.message USING btree (space_id, due_at, schedule_id, status);



CREATE INDEX ix_message_status_due ON public.message USING btree (status, due_at, schedule_id);



CREATE INDEX ix_message_status_late ON public.message USING btree (status, late_at);



CREATE INDEX ix_message_taken_back ON public.message USING btree (schedule_id, due_at) WHERE (taken_back_at IS NOT NULL);



CREATE INDEX ix_number_check_asked ON public.number_check USING btree (space_id, is_urgent, asked_at) WHERE (asked_at IS NOT NULL);



CREATE INDEX ix_number_period_account ON public.number_period USING btree (account_id, until);



CREATE INDEX ix_number_period_digits ON public.number_period USING btree (digits);



CREATE INDEX ix_outbox_event_at ON public.outbox_event USING btree (at);



CREATE INDEX ix_outbox_event_space ON public.outbox_event USING btree (space_id, id);



CREATE INDEX ix_passkey_challenge_expires_at ON public.passkey_challenge USING btree (expires_at);



CREATE INDEX ix_passkey_user_id ON public.passkey USING btree (user_id);



CREATE INDEX ix_people_import_list_id ON public.people_import USING btree (list_id);



CREATE INDEX ix_people_import_space_id ON public.people_import USING btree (space_id);



CREATE INDEX ix_people_import_user_id ON public.people_import USING btree (user_id);



CREATE INDEX ix_post_views_account_id ON public.post_views USING btree (account_id);



CREATE INDEX ix_reaction_of_message ON public.reaction USING btree (message_id, emoji);



CREATE INDEX ix_reaction_recipient_id ON public.reaction USING btree (recipient_id);



CREATE INDEX ix_receipt_whatsapp_id ON public.receipt USING btree (whatsapp_id);



CREATE INDEX ix_recipient_by_name ON public.recipient USING btree (kind, sort_key, id);



CREATE INDEX ix_recipient_lid ON public.recipient USING btree (lid);



CREATE INDEX ix_recipient_list_space_id ON public.recipient_list USING btree (space_id);



CREATE INDEX ix_recipient_of_space ON public.recipient USING btree (space_id, kind, sort_key, id);



CREATE INDEX ix_recipient_space_id ON public.recipient USING btree (space_id);



CREATE INDEX ix_reply_message ON public.reply USING btree (message_id, at);



CREATE INDEX ix_reply_open ON public.reply USING btree (space_id, at, id) WHERE (answered_at IS NULL);



CREATE INDEX ix_reply_person ON public.reply USING btree (person_id, at);



CREATE INDEX ix_reply_recipient ON public.reply USING btree (recipient_id);



CREATE INDEX ix_reply_space_at ON public.reply USING btree (space_id, at, id);



CREATE INDEX ix_schedule_account_id ON public.schedule USING btree (account_id);



CREATE INDEX ix_schedule_left_out_recipient_id ON public.schedule_left_out USING btree (recipient_id);



CREATE INDEX ix_schedule_list_list_id ON public.schedule_list USING btree (list_id);



CREATE INDEX ix_schedule_recipient_recipient_id ON public.schedule_recipient USING btree (recipient_id);



CREATE INDEX ix_schedule_repeating ON public.schedule USING btree (status, space_id, rrule) WHERE ((rrule)::text <> ''::text);



CREATE INDEX ix_schedule_series ON public.schedule USING btree (series_id, series_day) WHERE (series_id IS NOT NULL);



CREATE INDEX ix_schedule_space_id ON public.schedule USING btree (space_id);



CREATE INDEX ix_schedule_status_next ON public.schedule USING btree (status, next_at);



CREATE INDEX ix_schedule_unapproved ON public.schedule USING btree (approval, space_id) WHERE ((approval)::text <> ''::text);



CREATE INDEX ix_send_hold_waiting ON public.send_hold USING btree (schedule_id, occurrence_at) WHERE ((state)::text = 'waiting'::text);



CREATE INDEX ix_sign_in_try_who_at ON public.sign_in_try USING btree (who, at);



CREATE INDEX ix_sign_in_user_id ON public.sign_in USING btree (user_id);



CREATE INDEX ix_template_space_id ON public.template USING btree (space_id);



CREATE INDEX ix_unsettled_answer_whatsapp_id ON public.unsettled_answer USING btree (whatsapp_id);



CREATE INDEX ix_upload_space_id ON public.upload USING btree (space_id);



CREATE INDEX ix_upload_user_id ON public.upload USING btree (user_id);



CREATE INDEX ix_vote_of_message ON public.vote USING btree (message_id, chosen);



CREATE INDEX ix_vote_recipient_id ON public.vote USING btree (recipient_id);



CREATE INDEX ix_webhook_delivery_ended ON public.webhook_delivery USING btree (webhook_id, id) WHERE ((state)::text <> 'waiting'::text);



CREATE INDEX ix_webhook_delivery_event ON public.webhook_delivery USING btree (event_id);



CREATE INDEX ix_webhook_delivery_order ON public.webhook_delivery USING btree (webhook_id, object, id) WHERE ((state)::text = 'waiting'::text);



CREATE INDEX ix_webhook_delivery_waiting ON public.webhook_delivery USING btree (webhook_id, id) WHERE ((state)::text = 'waiting'::text);



CREATE INDEX ix_webhook_space_id ON public.webhook USING btree (space_id);



CREATE INDEX search_contact_name ON public.contact USING gin (name public.gin_trgm_ops);



CREATE INDEX search_contact_push_name ON public.contact USING gin (push_name public.gin_trgm_ops);



CREATE INDEX search_recipient_name ON public.recipient USING gin (name public.gin_trgm_ops);



CREATE INDEX search_recipient_notes ON public.recipient USING gin (notes public.gin_trgm_ops);



CREATE INDEX search_reply_text ON public.reply USING gin (text public.gin_trgm_ops);



CREATE INDEX search_schedule_preview ON public.schedule USING gin (preview public.gin_trgm_ops);



CREATE UNIQUE INDEX uq_alert_once ON public.alert USING btree (incident_id, way_id, is_over);



CREATE UNIQUE INDEX uq_alert_way_mail ON public.alert_way USING btree (user_id) WHERE ((kind)::text = 'mail'::text);



CREATE UNIQUE INDEX uq_alert_way_push ON public.alert_way USING btree (address) WHERE ((kind)::text = 'push'::text);



CREATE UNIQUE INDEX uq_incident_open ON public.incident USING btree (kind, subject) WHERE (over_at IS NULL);



CREATE UNIQUE INDEX uq_schedule_nudge ON public.schedule USING btree (nudge_of_id, nudge_of_at) WHERE (nudge_of_id IS NOT NULL);



CREATE UNIQUE INDEX uq_user_admin ON public."user" USING btree (is_admin) WHERE is_admin;



CREATE TRIGGER outbox_account_changed AFTER UPDATE OF state ON public.account FOR EACH ROW WHEN (((current_setting('wasched.is_read'::text, true) = 'true'::text) AND ((new.state)::text <> (old.state)::text))) EXECUTE FUNCTION public.outbox_account_changed();



CREATE TRIGGER outbox_approval_asked AFTER INSERT ON public.schedule FOR EACH ROW WHEN (((current_setting('wasched.is_read'::text, true) = 'true'::text) AND ((new.approval)::text <> ''::text))) EXECUTE FUNCTION public.outbox_approval_asked();



CREATE TRIGGER outbox_approval_changed AFTER UPDATE OF approval ON public.schedule FOR EACH ROW WHEN (((current_setting('wasched.is_read'::text, true) = 'true'::text) AND ((new.approval)::text <> (old.approval)::text))) EXECUTE FUNCTION public.outbox_approval_changed();



CREATE TRIGGER outbox_corrected AFTER UPDATE OF state ON public.amendment FOR EACH ROW WHEN (((current_setting('wasched.is_read'::text, true) = 'true'::text) AND (((new.kind)::text = 'correct'::text) AND ((new.state)::text = 'done'::text) AND ((old.state)::text <> 'done'::text)))) EXECUTE FUNCTION public.outbox_corrected();



CREATE TRIGGER outbox_hold_decided AFTER UPDATE OF state ON public.send_hold FOR EACH ROW WHEN (((current_setting('wasched.is_read'::text, true) = 'true'::text) AND ((new.state)::text <> (old.state)::text))) EXECUTE FUNCTION public.outbox_hold_decided();



CREATE TRIGGER outbox_import_saved AFTER UPDATE OF state ON public.people_import FOR EACH ROW WHEN (((current_setting('wasched.is_read'::text, true) = 'true'::text) AND (((new.state)::text = 'saved'::text) AND ((old.state)::text <> 'saved'::text)))) EXECUTE FUNCTION public.outbox_import_saved();



CREATE TRIGGER outbox_message_changed AFTER UPDATE OF status, due_at ON public.message FOR EACH ROW WHEN (((current_setting('wasched.is_read'::text, true) = 'true'::text) AND ((((new.status)::text <> (old.status)::text) OR ((new.due_at <> old.due_at) AND ((new.status)::text = 'scheduled'::text))) AND (
        CASE
            WHEN (((old.status)::text = 'sending'::text) AND ((new.status)::text = 'scheduled'::text)) THEN NULL::text
            WHEN (((old.status)::text = 'read'::text) AND ((new.status)::text = 'played'::text)) THEN NULL::text
            ELSE
            CASE new.status
                WHEN 'scheduled'::text THEN 'message.scheduled'::text
                WHEN 'sent'::text THEN 'message.sent'::text
                WHEN 'delivered'::text THEN 'message.delivered'::text
                WHEN 'read'::text THEN 'message.read'::text
                WHEN 'played'::text THEN 'message.read'::text
                WHEN 'failed'::text THEN 'message.failed'::text
                WHEN 'missed'::text THEN 'message.missed'::text
                WHEN 'unknown'::text THEN 'message.maybe_sent'::text
                WHEN 'skipped'::text THEN 'message.skipped'::text
                WHEN 'cancelled'::text THEN 'message.cancelled'::text
                ELSE NULL::text
            END
        END IS NOT NULL)))) EXECUTE FUNCTION public.outbox_message_changed();



CREATE TRIGGER outbox_message_gone AFTER DELETE ON public.message FOR EACH ROW WHEN (((current_setting('wasched.is_read'::text, true) = 'true'::text) AND ((old.status)::text = 'scheduled'::text))) EXECUTE FUNCTION public.outbox_message_gone();



CREATE TRIGGER outbox_message_made AFTER INSERT ON public.message FOR EACH ROW WHEN (((current_setting('wasched.is_read'::text, true) = 'true'::text) AND (
        CASE new.status
            WHEN 'scheduled'::text THEN 'message.scheduled'::text
            WHEN 'sent'::text THEN 'message.sent'::text
            WHEN 'delivered'::text THEN 'message.delivered'::text
            WHEN 'read'::text THEN 'message.read'::text
            WHEN 'played'::text THEN 'message.read'::text
            WHEN 'failed'::text THEN 'message.failed'::text
            WHEN 'missed'::text THEN 'message.missed'::text
            WHEN 'unknown'::text THEN 'message.maybe_sent'::text
            WHEN 'skipped'::text THEN 'message.skipped'::text
            WHEN 'cancelled'::text THEN 'message.cancelled'::text
            ELSE NULL::text
        END IS NOT NULL))) EXECUTE FUNCTION public.outbox_message_made();



CREATE TRIGGER outbox_opted_out AFTER UPDATE OF opted_out_at ON public.recipient FOR EACH ROW WHEN (((current_setting('wasched.is_read'::text, true) = 'true'::text) AND ((old.opted_out_at IS NULL) AND (new.opted_out_at IS NOT NULL)))) EXECUTE FUNCTION public.outbox_opted_out();



CREATE TRIGGER outbox_reply_received AFTER INSERT ON public.reply FOR EACH ROW WHEN (((current_setting('wasched.is_read'::text, true) = 'true'::text) AND true)) EXECUTE FUNCTION public.outbox_reply_received();



CREATE TRIGGER outbox_schedule_ended AFTER UPDATE OF status ON public.schedule FOR EACH ROW WHEN (((current_setting('wasched.is_read'::text, true) = 'true'::text) AND (((new.status)::text = ANY ((ARRAY['ended'::character varying, 'cancelled'::character varying])::text[])) AND ((old.status)::text <> ALL ((ARRAY['ended'::character varying, 'cancelled'::character varying])::text[]))))) EXECUTE FUNCTION public.outbox_schedule_ended();



CREATE TRIGGER outbox_send_held AFTER INSERT ON public.send_hold FOR EACH ROW WHEN (((current_setting('wasched.is_read'::text, true) = 'true'::text) AND true)) EXECUTE FUNCTION public.outbox_send_held();



CREATE TRIGGER outbox_taken_back AFTER UPDATE OF taken_back_at ON public.message FOR EACH ROW WHEN (((current_setting('wasched.is_read'::text, true) = 'true'::text) AND ((old.taken_back_at IS NULL) AND (new.taken_back_at IS NOT NULL)))) EXECUTE FUNCTION public.outbox_taken_back();



CREATE TRIGGER outbox_voted AFTER INSERT ON public.vote FOR EACH ROW WHEN (((current_setting('wasched.is_read'::text, true) = 'true'::text) AND (new.chosen IS NOT NULL))) EXECUTE FUNCTION public.outbox_voted();



CREATE TRIGGER outbox_voted_anew AFTER UPDATE OF chosen ON public.vote FOR EACH ROW WHEN (((current_setting('wasched.is_read'::text, true) = 'true'::text) AND ((new.chosen IS NOT NULL) AND ((old.chosen IS NULL) OR (new.chosen <> old.chosen))))) EXECUTE FUNCTION public.outbox_voted_anew();



CREATE TRIGGER tell_of_changes AFTER INSERT ON public.change FOR EACH STATEMENT EXECUTE FUNCTION public.tell_of_changes();



ALTER TABLE ONLY public.account_day
    ADD CONSTRAINT account_day_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_paused_by_id_fkey FOREIGN KEY (paused_by_id) REFERENCES public."user"(id);



ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);



ALTER TABLE ONLY public.acquaintance
    ADD CONSTRAINT acquaintance_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.acquaintance
    ADD CONSTRAINT acquaintance_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES public.recipient(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.alert
    ADD CONSTRAINT alert_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incident(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.alert_quiet
    ADD CONSTRAINT alert_quiet_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.alert
    ADD CONSTRAINT alert_way_id_fkey FOREIGN KEY (way_id) REFERENCES public.alert_way(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.alert_way
    ADD CONSTRAINT alert_way_sign_in_id_fkey FOREIGN KEY (sign_in_id) REFERENCES public.sign_in(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.alert_way
    ADD CONSTRAINT alert_way_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.amendment
    ADD CONSTRAINT amendment_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);



ALTER TABLE ONLY public.amendment
    ADD CONSTRAINT amendment_asked_by_id_fkey FOREIGN KEY (asked_by_id) REFERENCES public."user"(id);



ALTER TABLE ONLY public.amendment
    ADD CONSTRAINT amendment_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.amendment
    ADD CONSTRAINT amendment_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);



ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_made_by_id_fkey FOREIGN KEY (made_by_id) REFERENCES public."user"(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.api_key
    ADD CONSTRAINT api_key_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.attempt
    ADD CONSTRAINT attempt_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id) ON DELETE SET NULL;



ALTER TABLE ONLY public.audit_entry
    ADD CONSTRAINT audit_entry_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id) ON DELETE SET NULL;



ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);



ALTER TABLE ONLY public.draft
    ADD CONSTRAINT draft_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);



ALTER TABLE ONLY public.draft
    ADD CONSTRAINT draft_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id);



ALTER TABLE ONLY public.event_reader
    ADD CONSTRAINT event_reader_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.calendar_address
    ADD CONSTRAINT fk_calendar_address_membership FOREIGN KEY (user_id, space_id) REFERENCES public.membership(user_id, space_id) ON DELETE CASCADE;



ALTER TABLE ONLY public.group_invite
    ADD CONSTRAINT group_invite_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.group_invite
    ADD CONSTRAINT group_invite_group_id_fkey FOREIGN KEY (group_id) REFERENCES public.recipient(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.group_member
    ADD CONSTRAINT group_member_group_id_fkey FOREIGN KEY (group_id) REFERENCES public.recipient(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.half_sign_in
    ADD CONSTRAINT half_sign_in_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT import_row_import_id_fkey FOREIGN KEY (import_id) REFERENCES public.people_import(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT import_row_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES public.recipient(id) ON DELETE SET NULL;



ALTER TABLE ONLY public.incident
    ADD CONSTRAINT incident_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_by_user_id_fkey FOREIGN KEY (by_user_id) REFERENCES public."user"(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.kept_answer
    ADD CONSTRAINT kept_answer_key_id_fkey FOREIGN KEY (key_id) REFERENCES public.api_key(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.keyword
    ADD CONSTRAINT keyword_changed_by_id_fkey FOREIGN KEY (changed_by_id) REFERENCES public."user"(id);



ALTER TABLE ONLY public.keyword_form
    ADD CONSTRAINT keyword_form_keyword_id_fkey FOREIGN KEY (keyword_id) REFERENCES public.keyword(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.keyword_form
    ADD CONSTRAINT keyword_form_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.keyword
    ADD CONSTRAINT keyword_list_id_fkey FOREIGN KEY (list_id) REFERENCES public.recipient_list(id);



ALTER TABLE ONLY public.keyword
    ADD CONSTRAINT keyword_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.keyword_use
    ADD CONSTRAINT keyword_use_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.keyword_use
    ADD CONSTRAINT keyword_use_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.recipient(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.keyword_use
    ADD CONSTRAINT keyword_use_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.lease
    ADD CONSTRAINT lease_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.link_wish
    ADD CONSTRAINT link_wish_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.list_member
    ADD CONSTRAINT list_member_list_id_fkey FOREIGN KEY (list_id) REFERENCES public.recipient_list(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.list_member
    ADD CONSTRAINT list_member_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES public.recipient(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.list_part
    ADD CONSTRAINT list_part_list_id_fkey FOREIGN KEY (list_id) REFERENCES public.recipient_list(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.list_part
    ADD CONSTRAINT list_part_part_id_fkey FOREIGN KEY (part_id) REFERENCES public.recipient_list(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.media_file
    ADD CONSTRAINT media_file_made_from_fkey FOREIGN KEY (made_from) REFERENCES public.media_file(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.media_file
    ADD CONSTRAINT media_file_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);



ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);



ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES public.recipient(id);



ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_schedule_id_fkey FOREIGN KEY (schedule_id) REFERENCES public.schedule(id);



ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);



ALTER TABLE ONLY public.number_check
    ADD CONSTRAINT number_check_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);



ALTER TABLE ONLY public.number_period
    ADD CONSTRAINT number_period_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.number_period
    ADD CONSTRAINT number_period_digits_fkey FOREIGN KEY (digits) REFERENCES public.number(digits) ON DELETE CASCADE;



ALTER TABLE ONLY public.number
    ADD CONSTRAINT number_switched_by_id_fkey FOREIGN KEY (switched_by_id) REFERENCES public."user"(id) ON DELETE SET NULL;



ALTER TABLE ONLY public.pairing
    ADD CONSTRAINT pairing_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.passkey_link
    ADD CONSTRAINT passkey_link_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.passkey
    ADD CONSTRAINT passkey_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.password_link
    ADD CONSTRAINT password_link_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.people_import
    ADD CONSTRAINT people_import_list_id_fkey FOREIGN KEY (list_id) REFERENCES public.recipient_list(id) ON DELETE SET NULL;



ALTER TABLE ONLY public.people_import
    ADD CONSTRAINT people_import_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);



ALTER TABLE ONLY public.people_import
    ADD CONSTRAINT people_import_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id);



ALTER TABLE ONLY public.post_views
    ADD CONSTRAINT post_views_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.post_views
    ADD CONSTRAINT post_views_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.reaction
    ADD CONSTRAINT reaction_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.reaction
    ADD CONSTRAINT reaction_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES public.recipient(id);



ALTER TABLE ONLY public.receipt
    ADD CONSTRAINT receipt_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.recipient
    ADD CONSTRAINT recipient_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);



ALTER TABLE ONLY public.recipient
    ADD CONSTRAINT recipient_changed_by_id_fkey FOREIGN KEY (changed_by_id) REFERENCES public."user"(id);



ALTER TABLE ONLY public.recipient_list
    ADD CONSTRAINT recipient_list_changed_by_id_fkey FOREIGN KEY (changed_by_id) REFERENCES public."user"(id);



ALTER TABLE ONLY public.recipient_list
    ADD CONSTRAINT recipient_list_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);



ALTER TABLE ONLY public.recipient
    ADD CONSTRAINT recipient_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);



ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT recovery_code_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.reply
    ADD CONSTRAINT reply_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.reply
    ADD CONSTRAINT reply_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.reply
    ADD CONSTRAINT reply_person_id_fkey FOREIGN KEY (person_id) REFERENCES public.recipient(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.reply
    ADD CONSTRAINT reply_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES public.recipient(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.reply
    ADD CONSTRAINT reply_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.schedule
    ADD CONSTRAINT schedule_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id);



ALTER TABLE ONLY public.schedule
    ADD CONSTRAINT schedule_asked_by_id_fkey FOREIGN KEY (asked_by_id) REFERENCES public."user"(id);



ALTER TABLE ONLY public.schedule
    ADD CONSTRAINT schedule_changed_by_id_fkey FOREIGN KEY (changed_by_id) REFERENCES public."user"(id);



ALTER TABLE ONLY public.schedule
    ADD CONSTRAINT schedule_decided_by_id_fkey FOREIGN KEY (decided_by_id) REFERENCES public."user"(id);



ALTER TABLE ONLY public.schedule_left_out
    ADD CONSTRAINT schedule_left_out_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES public.recipient(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.schedule_left_out
    ADD CONSTRAINT schedule_left_out_schedule_id_fkey FOREIGN KEY (schedule_id) REFERENCES public.schedule(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.schedule_list
    ADD CONSTRAINT schedule_list_list_id_fkey FOREIGN KEY (list_id) REFERENCES public.recipient_list(id);



ALTER TABLE ONLY public.schedule_list
    ADD CONSTRAINT schedule_list_schedule_id_fkey FOREIGN KEY (schedule_id) REFERENCES public.schedule(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.schedule
    ADD CONSTRAINT schedule_made_by_id_fkey FOREIGN KEY (made_by_id) REFERENCES public."user"(id);



ALTER TABLE ONLY public.schedule_recipient
    ADD CONSTRAINT schedule_recipient_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES public.recipient(id);



ALTER TABLE ONLY public.schedule_recipient
    ADD CONSTRAINT schedule_recipient_schedule_id_fkey FOREIGN KEY (schedule_id) REFERENCES public.schedule(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.schedule
    ADD CONSTRAINT schedule_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);



ALTER TABLE ONLY public.second_step
    ADD CONSTRAINT second_step_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.send_hold
    ADD CONSTRAINT send_hold_decided_by_id_fkey FOREIGN KEY (decided_by_id) REFERENCES public."user"(id) ON DELETE SET NULL;



ALTER TABLE ONLY public.send_hold
    ADD CONSTRAINT send_hold_schedule_id_fkey FOREIGN KEY (schedule_id) REFERENCES public.schedule(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.sent_poll
    ADD CONSTRAINT sent_poll_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.sign_in
    ADD CONSTRAINT sign_in_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id) ON DELETE SET NULL;



ALTER TABLE ONLY public.sign_in
    ADD CONSTRAINT sign_in_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.template
    ADD CONSTRAINT template_changed_by_id_fkey FOREIGN KEY (changed_by_id) REFERENCES public."user"(id);



ALTER TABLE ONLY public.template
    ADD CONSTRAINT template_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);



ALTER TABLE ONLY public.unsettled_answer
    ADD CONSTRAINT unsettled_answer_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.upload
    ADD CONSTRAINT upload_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id);



ALTER TABLE ONLY public.upload
    ADD CONSTRAINT upload_user_id_fkey FOREIGN KEY (user_id) REFERENCES public."user"(id);



ALTER TABLE ONLY public.vote
    ADD CONSTRAINT vote_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.vote
    ADD CONSTRAINT vote_recipient_id_fkey FOREIGN KEY (recipient_id) REFERENCES public.recipient(id);



ALTER TABLE ONLY public.webhook_delivery
    ADD CONSTRAINT webhook_delivery_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.outbox_event(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.webhook_delivery
    ADD CONSTRAINT webhook_delivery_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES public.webhook(id) ON DELETE CASCADE;



ALTER TABLE ONLY public.webhook
    ADD CONSTRAINT webhook_space_id_fkey FOREIGN KEY (space_id) REFERENCES public.space(id) ON DELETE CASCADE;




