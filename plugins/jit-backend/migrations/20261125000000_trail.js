// @ts-check

/**
 * What the checkpoints of the trail need: which leases were removed because their time to be kept is over, until the auditor was told.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('jit_removed', table => {
    table.comment(
      'Leases that were removed with their histories, until a checkpoint has told of it',
    );
    table.string('lease_id', 36).primary();
    table
      .text('event')
      .notNullable()
      .comment('The signed last word of the history');
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('jit_removed');
};
