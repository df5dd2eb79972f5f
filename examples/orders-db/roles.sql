-- What a lease can give. Nobody signs in as these: a lease makes a login role that is a member of one of them.
CREATE ROLE orders_readonly NOLOGIN;
CREATE ROLE orders_readwrite NOLOGIN;

REVOKE ALL ON DATABASE orders FROM PUBLIC;
GRANT CONNECT ON DATABASE orders TO orders_readonly, orders_readwrite;
GRANT USAGE ON SCHEMA public TO orders_readonly, orders_readwrite;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO orders_readonly;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO orders_readwrite;

-- Who inherits what a leased role leaves behind: a role without rights that nobody can sign in as.
CREATE ROLE jit_graveyard NOLOGIN;

-- The portal's own role: exactly what leasing needs, and no superuser.
CREATE ROLE jit_admin LOGIN CREATEROLE;
GRANT pg_signal_backend TO jit_admin;
GRANT orders_readonly, orders_readwrite TO jit_admin WITH ADMIN TRUE, INHERIT FALSE, SET FALSE;
GRANT jit_graveyard TO jit_admin WITH INHERIT TRUE, SET TRUE;
GRANT CONNECT ON DATABASE orders TO jit_admin;
