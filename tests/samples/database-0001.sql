BEGIN TRANSACTION;
CREATE TABLE account (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	name VARCHAR(60) NOT NULL, 
	zone VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	paused_at DATETIME, 
	removed_at DATETIME, 
	state VARCHAR NOT NULL, 
	state_code VARCHAR NOT NULL, 
	state_detail VARCHAR NOT NULL, 
	state_since DATETIME NOT NULL, 
	state_until DATETIME, 
	jid VARCHAR, 
	lid VARCHAR, 
	push_name VARCHAR NOT NULL, 
	linked_at DATETIME, 
	gap_min_s FLOAT NOT NULL, 
	gap_max_s FLOAT NOT NULL, 
	daily_cap INTEGER NOT NULL, 
	stranger_cap INTEGER NOT NULL, 
	quiet_from TIME, 
	quiet_to TIME, 
	typing BOOLEAN NOT NULL, 
	held_until DATETIME, 
	held_reason VARCHAR NOT NULL, 
	next_send_at DATETIME, 
	last_check_at DATETIME, 
	PRIMARY KEY (id), 
	CONSTRAINT ck_account_state CHECK (state IN ('connecting', 'connected', 'reconnecting', 'needs_link', 'logged_out', 'replaced', 'outdated', 'banned', 'needs_passkey', 'error')), 
	CONSTRAINT ck_account_quiet CHECK ((quiet_from IS NULL) = (quiet_to IS NULL)), 
	CONSTRAINT ck_account_caps CHECK (daily_cap >= 1 AND stranger_cap >= 0), 
	CONSTRAINT ck_account_gap CHECK (gap_min_s >= 0 AND gap_max_s >= gap_min_s), 
	FOREIGN KEY(owner_id) REFERENCES user (id)
);
INSERT INTO "account" VALUES(1,1,'Choir phone','Europe/Berlin','2026-11-29 12:00:00.000000',NULL,NULL,'connecting','','','2026-11-29 12:00:00.000000',NULL,NULL,NULL,'',NULL,12.0,25.0,200,20,NULL,NULL,0,NULL,'',NULL,NULL);
CREATE TABLE acquaintance (
	account_id INTEGER NOT NULL, 
	recipient_id INTEGER NOT NULL, 
	since DATETIME NOT NULL, 
	PRIMARY KEY (account_id, recipient_id), 
	FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	FOREIGN KEY(recipient_id) REFERENCES recipient (id) ON DELETE CASCADE
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE attempt (
	id INTEGER NOT NULL, 
	message_id INTEGER NOT NULL, 
	number INTEGER NOT NULL, 
	secret BLOB NOT NULL, 
	started_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	outcome VARCHAR NOT NULL, 
	detail VARCHAR NOT NULL, 
	whatsapp_id VARCHAR(80), 
	PRIMARY KEY (id), 
	CONSTRAINT ck_attempt_outcome CHECK (outcome IN ('open', 'taken', 'refused', 'not_sent', 'unknown')), 
	CONSTRAINT ck_attempt_secret CHECK (length(secret) = 32), 
	FOREIGN KEY(message_id) REFERENCES message (id) ON DELETE CASCADE, 
	CONSTRAINT uq_attempt_number UNIQUE (message_id, number), 
	CONSTRAINT uq_attempt_secret UNIQUE (secret)
);
CREATE TABLE audit_entry (
	id INTEGER NOT NULL, 
	user_id INTEGER, 
	what VARCHAR(200) NOT NULL, 
	address VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(user_id) REFERENCES user (id) ON DELETE SET NULL
);
INSERT INTO "audit_entry" VALUES(1,1,'signed in','192.0.2.1','2026-11-29 12:00:00.000000');
INSERT INTO "audit_entry" VALUES(2,1,'invited somebody','','2026-11-29 12:00:00.000000');
CREATE TABLE change (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	topic VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "change" VALUES(1,1,'people','2026-11-29 12:00:00.000000');
INSERT INTO "change" VALUES(2,1,'accounts','2026-11-29 12:00:00.000000');
CREATE TABLE contact (
	account_id INTEGER NOT NULL, 
	phone VARCHAR(20) NOT NULL, 
	owner_id INTEGER NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	push_name VARCHAR(200) NOT NULL, 
	PRIMARY KEY (account_id, phone), 
	FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	FOREIGN KEY(owner_id) REFERENCES user (id)
);
CREATE TABLE group_member (
	group_id INTEGER NOT NULL, 
	address VARCHAR(80) NOT NULL, 
	PRIMARY KEY (group_id, address), 
	FOREIGN KEY(group_id) REFERENCES recipient (id) ON DELETE CASCADE
);
CREATE TABLE heartbeat (
	worker VARCHAR(100) NOT NULL, 
	at DATETIME NOT NULL, 
	started_at DATETIME NOT NULL, 
	PRIMARY KEY (worker)
);
CREATE TABLE import_row (
	id INTEGER NOT NULL, 
	import_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	line INTEGER NOT NULL, 
	verdict VARCHAR NOT NULL, 
	why VARCHAR NOT NULL, 
	phone VARCHAR(20), 
	name VARCHAR(200) NOT NULL, 
	notes VARCHAR NOT NULL, 
	fields JSON NOT NULL, 
	recipient_id INTEGER, 
	had_name VARCHAR(200), 
	had_notes VARCHAR NOT NULL, 
	had_fields JSON NOT NULL, 
	had_gone BOOLEAN NOT NULL, 
	joined BOOLEAN NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT ck_import_row_verdict CHECK (verdict IN ('new', 'changed', 'same', 'double', 'wrong')), 
	FOREIGN KEY(import_id) REFERENCES people_import (id) ON DELETE CASCADE, 
	FOREIGN KEY(recipient_id) REFERENCES recipient (id) ON DELETE SET NULL, 
	CONSTRAINT uq_import_row_position UNIQUE (import_id, position)
);
CREATE TABLE invitation (
	id INTEGER NOT NULL, 
	token_hash VARCHAR(64) NOT NULL, 
	note VARCHAR(100) NOT NULL, 
	by_user_id INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(by_user_id) REFERENCES user (id) ON DELETE CASCADE, 
	CONSTRAINT uq_invitation_token_hash UNIQUE (token_hash)
);
INSERT INTO "invitation" VALUES(1,'efbd6d6dee5e0158d65369108b7afcb95ffe54856be66464ab96b2e8fb23f59e','Tomás, tenor',1,'2026-11-29 12:00:00.000000','2026-12-06 12:00:00.000000');
CREATE TABLE lease (
	account_id INTEGER NOT NULL, 
	holder VARCHAR(100) NOT NULL, 
	until DATETIME NOT NULL, 
	PRIMARY KEY (account_id), 
	FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
);
CREATE TABLE link_wish (
	account_id INTEGER NOT NULL, 
	wish VARCHAR NOT NULL, 
	phone VARCHAR NOT NULL, 
	asked_at DATETIME NOT NULL, 
	PRIMARY KEY (account_id), 
	CONSTRAINT ck_link_wish_wish CHECK (wish IN ('connect', 'pair_by_code', 'unlink', 'reopen')), 
	FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
);
INSERT INTO "link_wish" VALUES(1,'connect','','2026-11-29 12:00:00.000000');
CREATE TABLE list_member (
	list_id INTEGER NOT NULL, 
	recipient_id INTEGER NOT NULL, 
	PRIMARY KEY (list_id, recipient_id), 
	FOREIGN KEY(list_id) REFERENCES recipient_list (id) ON DELETE CASCADE, 
	FOREIGN KEY(recipient_id) REFERENCES recipient (id) ON DELETE CASCADE
);
CREATE TABLE list_part (
	list_id INTEGER NOT NULL, 
	part_id INTEGER NOT NULL, 
	PRIMARY KEY (list_id, part_id), 
	CONSTRAINT ck_list_part_other CHECK (list_id != part_id), 
	FOREIGN KEY(list_id) REFERENCES recipient_list (id) ON DELETE CASCADE, 
	FOREIGN KEY(part_id) REFERENCES recipient_list (id) ON DELETE CASCADE
);
CREATE TABLE media_file (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	mimetype VARCHAR(120) NOT NULL, 
	size INTEGER NOT NULL, 
	width INTEGER NOT NULL, 
	height INTEGER NOT NULL, 
	seconds INTEGER NOT NULL, 
	video_codec VARCHAR(40) NOT NULL, 
	audio_codec VARCHAR(40) NOT NULL, 
	state VARCHAR NOT NULL, 
	sentence VARCHAR NOT NULL, 
	made_from INTEGER, 
	kind VARCHAR(20) NOT NULL, 
	created_at DATETIME NOT NULL, 
	used_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT ck_media_file_digest CHECK (state <> 'ready' OR digest <> ''), 
	CONSTRAINT ck_media_file_state CHECK (state IN ('ready', 'preparing', 'refused')), 
	FOREIGN KEY(made_from) REFERENCES media_file (id) ON DELETE CASCADE, 
	FOREIGN KEY(owner_id) REFERENCES user (id)
);
CREATE TABLE message (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	schedule_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	recipient_id INTEGER NOT NULL, 
	occurrence_at DATETIME NOT NULL, 
	due_at DATETIME NOT NULL, 
	try_at DATETIME NOT NULL, 
	late_at DATETIME NOT NULL, 
	status VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	attempts INTEGER NOT NULL, 
	sent_text VARCHAR NOT NULL, 
	sent_at DATETIME, 
	delivered_at DATETIME, 
	read_at DATETIME, 
	settled_at DATETIME, 
	dismissed_at DATETIME, 
	PRIMARY KEY (id), 
	CONSTRAINT ck_message_status CHECK (status IN ('scheduled', 'sending', 'sent', 'delivered', 'read', 'played', 'unknown', 'failed', 'missed', 'skipped', 'cancelled')), 
	CONSTRAINT ck_message_sent_at CHECK (status NOT IN ('sent', 'delivered', 'read', 'played') OR sent_at IS NOT NULL), 
	CONSTRAINT ck_message_late_at CHECK (late_at >= due_at), 
	FOREIGN KEY(account_id) REFERENCES account (id), 
	FOREIGN KEY(owner_id) REFERENCES user (id), 
	FOREIGN KEY(recipient_id) REFERENCES recipient (id), 
	FOREIGN KEY(schedule_id) REFERENCES schedule (id), 
	CONSTRAINT uq_message_once UNIQUE (schedule_id, occurrence_at, recipient_id)
);
CREATE TABLE number_check (
	owner_id INTEGER NOT NULL, 
	phone VARCHAR(20) NOT NULL, 
	asked_at DATETIME, 
	is_urgent BOOLEAN NOT NULL, 
	checked_at DATETIME, 
	registered BOOLEAN, 
	jid VARCHAR(80), 
	lid VARCHAR(80), 
	PRIMARY KEY (owner_id, phone), 
	FOREIGN KEY(owner_id) REFERENCES user (id)
);
CREATE TABLE pairing (
	account_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	phone VARCHAR NOT NULL, 
	refusal VARCHAR NOT NULL, 
	shown_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	PRIMARY KEY (account_id, kind), 
	CONSTRAINT ck_pairing_kind CHECK (kind IN ('qr', 'code')), 
	FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE
);
CREATE TABLE people_import (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	token VARCHAR(32) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	columns JSON NOT NULL, 
	samples JSON NOT NULL, 
	mapping JSON NOT NULL, 
	country VARCHAR(2) NOT NULL, 
	state VARCHAR NOT NULL, 
	counts JSON NOT NULL, 
	list_id INTEGER, 
	created_at DATETIME NOT NULL, 
	saved_at DATETIME, 
	PRIMARY KEY (id), 
	CONSTRAINT ck_people_import_state CHECK (state IN ('reading', 'read', 'saved', 'undone')), 
	FOREIGN KEY(list_id) REFERENCES recipient_list (id) ON DELETE SET NULL, 
	FOREIGN KEY(owner_id) REFERENCES user (id)
);
CREATE TABLE receipt (
	id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	whatsapp_id VARCHAR(80) NOT NULL, 
	kind VARCHAR NOT NULL, 
	"by" VARCHAR(80) NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT ck_receipt_kind CHECK (kind IN ('delivered', 'read', 'played')), 
	FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE CASCADE, 
	CONSTRAINT uq_receipt_once UNIQUE (account_id, whatsapp_id, kind, "by")
);
CREATE TABLE recipient (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	phone VARCHAR(20), 
	jid VARCHAR(80), 
	lid VARCHAR(80), 
	fields JSON NOT NULL, 
	notes VARCHAR NOT NULL, 
	on_whatsapp BOOLEAN, 
	checked_at DATETIME, 
	account_id INTEGER, 
	size INTEGER NOT NULL, 
	announce_only BOOLEAN NOT NULL, 
	may_write BOOLEAN NOT NULL, 
	left_at DATETIME, 
	opted_out_at DATETIME, 
	removed_at DATETIME, 
	created_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT ck_recipient_kind CHECK (kind IN ('person', 'group')), 
	CONSTRAINT ck_recipient_address CHECK (phone IS NOT NULL OR jid IS NOT NULL), 
	FOREIGN KEY(account_id) REFERENCES account (id), 
	FOREIGN KEY(owner_id) REFERENCES user (id), 
	CONSTRAINT uq_recipient_jid UNIQUE (owner_id, jid), 
	CONSTRAINT uq_recipient_phone UNIQUE (owner_id, phone)
);
CREATE TABLE recipient_list (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	created_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(owner_id) REFERENCES user (id), 
	CONSTRAINT uq_recipient_list_name UNIQUE (owner_id, name)
);
CREATE TABLE schedule (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	account_id INTEGER NOT NULL, 
	contents JSON NOT NULL, 
	preview VARCHAR NOT NULL, 
	starts_local DATETIME NOT NULL, 
	zone VARCHAR NOT NULL, 
	rrule VARCHAR NOT NULL, 
	month_end VARCHAR NOT NULL, 
	exdates JSON NOT NULL, 
	late_window_s INTEGER NOT NULL, 
	respects_quiet_hours BOOLEAN NOT NULL, 
	stops_on_reply BOOLEAN NOT NULL, 
	status VARCHAR NOT NULL, 
	next_at DATETIME, 
	next_local DATETIME, 
	tzdata VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	CONSTRAINT ck_schedule_status CHECK (status IN ('active', 'paused', 'ended', 'cancelled')), 
	CONSTRAINT ck_schedule_late_window CHECK (late_window_s >= 0), 
	FOREIGN KEY(account_id) REFERENCES account (id), 
	FOREIGN KEY(owner_id) REFERENCES user (id)
);
CREATE TABLE schedule_left_out (
	schedule_id INTEGER NOT NULL, 
	recipient_id INTEGER NOT NULL, 
	PRIMARY KEY (schedule_id, recipient_id), 
	FOREIGN KEY(recipient_id) REFERENCES recipient (id) ON DELETE CASCADE, 
	FOREIGN KEY(schedule_id) REFERENCES schedule (id) ON DELETE CASCADE
);
CREATE TABLE schedule_list (
	schedule_id INTEGER NOT NULL, 
	list_id INTEGER NOT NULL, 
	is_out BOOLEAN NOT NULL, 
	PRIMARY KEY (schedule_id, list_id), 
	FOREIGN KEY(list_id) REFERENCES recipient_list (id), 
	FOREIGN KEY(schedule_id) REFERENCES schedule (id) ON DELETE CASCADE
);
CREATE TABLE schedule_recipient (
	schedule_id INTEGER NOT NULL, 
	recipient_id INTEGER NOT NULL, 
	is_direct BOOLEAN NOT NULL, 
	stopped_at DATETIME, 
	PRIMARY KEY (schedule_id, recipient_id), 
	FOREIGN KEY(recipient_id) REFERENCES recipient (id), 
	FOREIGN KEY(schedule_id) REFERENCES schedule (id) ON DELETE CASCADE
);
CREATE TABLE setting (
	name VARCHAR(60) NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (name)
);
CREATE TABLE sign_in (
	id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	token_hash VARCHAR(64) NOT NULL, 
	created_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	address VARCHAR NOT NULL, 
	agent VARCHAR(200) NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(user_id) REFERENCES user (id) ON DELETE CASCADE, 
	CONSTRAINT uq_sign_in_token_hash UNIQUE (token_hash)
);
INSERT INTO "sign_in" VALUES(1,1,'262061a76fbc3746b37894743c551ab9a551ea41be1c774dc62c2e9eda693bdd','2026-11-29 12:00:00.000000','2026-11-29 12:00:00.000000','2026-12-29 12:00:00.000000','192.0.2.1','Firefox/140 Linux');
CREATE TABLE sign_in_try (
	id INTEGER NOT NULL, 
	who VARCHAR(300) NOT NULL, 
	at DATETIME NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE template (
	id INTEGER NOT NULL, 
	owner_id INTEGER NOT NULL, 
	name VARCHAR(80) NOT NULL, 
	text VARCHAR NOT NULL, 
	uses INTEGER NOT NULL, 
	used_at DATETIME, 
	created_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(owner_id) REFERENCES user (id), 
	CONSTRAINT uq_template_name UNIQUE (owner_id, name)
);
CREATE TABLE upload (
	token VARCHAR(32) NOT NULL, 
	owner_id INTEGER NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	size INTEGER NOT NULL, 
	touched_at DATETIME NOT NULL, 
	PRIMARY KEY (token), 
	CONSTRAINT ck_upload_size CHECK (size > 0), 
	FOREIGN KEY(owner_id) REFERENCES user (id)
);
CREATE TABLE user (
	id INTEGER NOT NULL, 
	email VARCHAR(254) NOT NULL, 
	name VARCHAR(100) NOT NULL, 
	password_hash VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	zone VARCHAR NOT NULL, 
	created_at DATETIME NOT NULL, 
	removed_at DATETIME, 
	PRIMARY KEY (id), 
	CONSTRAINT ck_user_role CHECK (role IN ('owner', 'member')), 
	CONSTRAINT uq_user_email UNIQUE (email)
);
INSERT INTO "user" VALUES(1,'miriam@choir.example','Miriam','$argon2id$v=19$m=65536,t=3,p=4$NoZQSonROsdYi1FKCWGsFQ$dFPqwBOFGGsDBrKaJZygslILP2bqAiULZVWx1wcDF+o','owner','Europe/Berlin','2026-11-29 12:00:00.000000',NULL);
CREATE INDEX ix_sign_in_try_who_at ON sign_in_try (who, at);
CREATE UNIQUE INDEX uq_user_owner ON user (role) WHERE role = 'owner';
CREATE INDEX ix_account_owner_id ON account (owner_id);
CREATE INDEX ix_audit_entry_at ON audit_entry (at);
CREATE INDEX ix_media_file_digest ON media_file (digest);
CREATE INDEX ix_media_file_made_from ON media_file (made_from);
CREATE INDEX ix_media_file_owner_id ON media_file (owner_id);
CREATE INDEX ix_number_check_asked ON number_check (owner_id, is_urgent, asked_at) WHERE asked_at IS NOT NULL;
CREATE INDEX ix_recipient_list_owner_id ON recipient_list (owner_id);
CREATE INDEX ix_sign_in_user_id ON sign_in (user_id);
CREATE INDEX ix_template_owner_id ON template (owner_id);
CREATE INDEX ix_upload_owner_id ON upload (owner_id);
CREATE INDEX ix_contact_of_owner ON contact (owner_id, name);
CREATE INDEX ix_list_part_part_id ON list_part (part_id);
CREATE INDEX ix_people_import_list_id ON people_import (list_id);
CREATE INDEX ix_people_import_owner_id ON people_import (owner_id);
CREATE INDEX ix_receipt_whatsapp_id ON receipt (whatsapp_id);
CREATE INDEX ix_recipient_by_name ON recipient (kind, name, id);
CREATE INDEX ix_recipient_lid ON recipient (lid);
CREATE INDEX ix_recipient_of_owner ON recipient (owner_id, kind, name, id);
CREATE INDEX ix_recipient_owner_id ON recipient (owner_id);
CREATE INDEX ix_schedule_account_id ON schedule (account_id);
CREATE INDEX ix_schedule_owner_id ON schedule (owner_id);
CREATE INDEX ix_schedule_repeating ON schedule (status, owner_id, rrule) WHERE rrule != '';
CREATE INDEX ix_schedule_status_next ON schedule (status, next_at);
CREATE INDEX ix_acquaintance_since ON acquaintance (account_id, since);
CREATE INDEX ix_import_row_by_verdict ON import_row (import_id, verdict, position);
CREATE INDEX ix_import_row_recipient_id ON import_row (recipient_id);
CREATE INDEX ix_list_member_recipient_id ON list_member (recipient_id);
CREATE INDEX ix_message_account_due ON message (account_id, due_at, schedule_id);
CREATE INDEX ix_message_drain ON message (account_id, status, try_at, id);
CREATE INDEX ix_message_due ON message (due_at, schedule_id, status, dismissed_at);
CREATE INDEX ix_message_needs ON message (dismissed_at, due_at, schedule_id) WHERE status IN ('failed', 'missed', 'unknown');
CREATE INDEX ix_message_owner_due ON message (owner_id, due_at, schedule_id, status);
CREATE INDEX ix_message_recipient_due ON message (recipient_id, due_at, schedule_id);
CREATE INDEX ix_message_sent ON message (account_id, sent_at);
CREATE INDEX ix_message_status_due ON message (status, due_at, schedule_id);
CREATE INDEX ix_message_status_late ON message (status, late_at);
CREATE INDEX ix_schedule_left_out_recipient_id ON schedule_left_out (recipient_id);
CREATE INDEX ix_schedule_list_list_id ON schedule_list (list_id);
CREATE INDEX ix_schedule_recipient_recipient_id ON schedule_recipient (recipient_id);
CREATE INDEX ix_attempt_whatsapp_id ON attempt (whatsapp_id);
COMMIT;
