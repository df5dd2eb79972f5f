// @ts-check

/**
 * What went in without approval, and who has looked at it since.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('jit_leases', table => {
    table.boolean('break_glass').comment('True, or null');
    table.bigInteger('review_due_at');
    table.bigInteger('reviewed_at');
    table.string('reviewed_by');
  });
  await knex.raw(
    `create index jit_leases_unreviewed on jit_leases (subject) where break_glass is not null and reviewed_at is null`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index jit_leases_unreviewed');
  await knex.schema.alterTable('jit_leases', table => {
    table.dropColumns(
      'break_glass',
      'review_due_at',
      'reviewed_at',
      'reviewed_by',
    );
  });
};
