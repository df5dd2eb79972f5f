// @ts-check

/**
 * When a lease was over, for `GET /leases?from=`: without it, a page past the last one that is found reads the whole history. And no target that
 * no lease is on any more.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(
    'create index jit_leases_over on jit_leases (coalesce(verified_at, ended_at, requested_at))',
  );
  const used = `select 1 from jit_leases l where l.profile_id = jit_targets.profile_id and l.entity_ref = jit_targets.entity_ref`;
  await knex.raw(`delete from jit_targets where not exists (${used})`);
  await knex.raw(
    `delete from jit_target_owners where not exists (
       select 1 from jit_targets t where t.profile_id = jit_target_owners.profile_id and t.entity_ref = jit_target_owners.entity_ref)`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index jit_leases_over');
};
