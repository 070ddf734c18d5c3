BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE alert (
	id INTEGER NOT NULL, 
	session_id INTEGER NOT NULL, 
	rule TEXT NOT NULL, 
	level TEXT NOT NULL, 
	start_s FLOAT NOT NULL, 
	lasted_s FLOAT NOT NULL, 
	count INTEGER, 
	PRIMARY KEY (id), 
	FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE CASCADE
);
INSERT INTO "alert" VALUES(1,1,'no-bounce','warn',8.0,3.5,4);
CREATE TABLE best (
	id INTEGER NOT NULL, 
	session_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	value FLOAT NOT NULL, 
	unit TEXT NOT NULL, 
	side TEXT NOT NULL, 
	better TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE CASCADE
);
INSERT INTO "best" VALUES(1,1,'raise',81.5,'deg','left','highest');
CREATE TABLE consent (
	id INTEGER NOT NULL CONSTRAINT one_row CHECK (id = 1), 
	keeping BOOLEAN NOT NULL, 
	since_utc TEXT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "consent" VALUES(1,1,'2026-11-25T15:52:57+00:00');
CREATE TABLE hold (
	id INTEGER NOT NULL, 
	session_id INTEGER NOT NULL, 
	start_s FLOAT NOT NULL, 
	held_s FLOAT NOT NULL, 
	target_s FLOAT NOT NULL, 
	reached BOOLEAN NOT NULL, 
	side TEXT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE CASCADE
);
INSERT INTO "hold" VALUES(1,1,4.5,31.25,30.0,1,'left');
CREATE TABLE other_key (
	session_id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	PRIMARY KEY (session_id, "key"), 
	FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE CASCADE
);
INSERT INTO "other_key" VALUES(1,'file:poses');
CREATE TABLE rule (
	id INTEGER NOT NULL, 
	session_id INTEGER NOT NULL, 
	rule TEXT NOT NULL, 
	level TEXT NOT NULL, 
	outcome TEXT NOT NULL, 
	ok_s FLOAT NOT NULL, 
	off_s FLOAT NOT NULL, 
	unseen_s FLOAT NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE CASCADE
);
INSERT INTO "rule" VALUES(1,1,'steady','warn','ok',29.5,0.0,0.5);
CREATE TABLE session (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	"key" TEXT NOT NULL, 
	when_utc TEXT NOT NULL, 
	offset_s INTEGER NOT NULL, 
	source_kind TEXT NOT NULL, 
	source_name TEXT NOT NULL, 
	stretch TEXT NOT NULL
);
INSERT INTO "session" VALUES(1,'file:1','2026-03-04T18:30:00+00:00',0,'video','evening.mp4','supine');
CREATE INDEX ix_session_when_utc ON session (when_utc);
CREATE INDEX ix_session_key ON session ("key");
CREATE INDEX ix_hold_session_id ON hold (session_id);
CREATE INDEX ix_best_session_id ON best (session_id);
CREATE INDEX ix_rule_session_id ON rule (session_id);
CREATE INDEX ix_alert_session_id ON alert (session_id);
CREATE INDEX ix_other_key_key ON other_key ("key");
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('session',1);
COMMIT;
