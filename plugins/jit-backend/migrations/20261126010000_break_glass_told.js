// @ts-check

/**
 * Whether those who are to be told of a broken glass were, and what its reviewers were told last.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('jit_leases', table => {
    table.bigInteger('untold_since');
    table.string('review_told').comment('due-soon, overdue or null');
  });
  await knex.raw(
    'create index jit_leases_untold on jit_leases (untold_since) where untold_since is not null',
  );
  await knex.schema.alterTable('jit_outbox', table => {
    table
      .string('break_glass_of')
      .comment('The request whose broken glass it tells of, or null');
  });
  await knex.raw(
    'create index jit_outbox_break_glass on jit_outbox (break_glass_of) where break_glass_of is not null',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index jit_outbox_break_glass');
  await knex.schema.alterTable('jit_outbox', table => {
    table.dropColumn('break_glass_of');
  });
  await knex.raw('drop index jit_leases_untold');
  await knex.schema.alterTable('jit_leases', table => {
    table.dropColumns('untold_since', 'review_told');
  });
};
