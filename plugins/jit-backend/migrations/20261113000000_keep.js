// @ts-check

/**
 * A last copy of what a lease gave may be kept for a while after its end, and be taken over by another lease.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('jit_leases', table => {
    table.bigInteger('keep_ms');
    table.bigInteger('kept_until');
    table.string('restores', 36);
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('jit_leases', table => {
    table.dropColumn('keep_ms');
    table.dropColumn('kept_until');
    table.dropColumn('restores');
  });
};
