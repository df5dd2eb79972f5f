// @ts-check

/**
 * The place of a lease in a bundle, whose other parts have the same request.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('jit_leases', table => {
    table.text('bundle');
    table
      .boolean('awaits_parts')
      .comment('True until the parts before it are active; else null');
  });
  await knex.raw(
    `create index jit_leases_bundled on jit_leases (entitlement_id) where bundle is not null and state in ('approved', 'granting', 'active', 'revoking')`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index jit_leases_bundled');
  await knex.schema.alterTable('jit_leases', table => {
    table.dropColumns('bundle', 'awaits_parts');
  });
};
