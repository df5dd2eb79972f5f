-- The database that leases copy. What is in it belongs to a role that owns nothing else, so that the portal's role can hand all of it to the holder of
-- a copy. What follows in this transaction is made as that role.
DO $$ BEGIN
  CREATE ROLE orders_template_owner NOLOGIN;
EXCEPTION WHEN duplicate_object THEN
  NULL;
END $$;
GRANT orders_template_owner TO jit_admin;
ALTER ROLE jit_admin CREATEDB;
GRANT CREATE ON SCHEMA public TO orders_template_owner;
SET LOCAL ROLE orders_template_owner;
