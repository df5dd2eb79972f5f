// @ts-check

/**
 * What it takes to decide about a request, and to find those that wait for somebody.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('jit_requests', table => {
    table
      .text('asked')
      .comment('As it was sent, to be read once more at a decision');
    table
      .text('changes')
      .comment('How the rules changed under it, with the latest revision');
  });
  await knex.schema.createTable('jit_request_parties', table => {
    table.comment(
      'Who has to do with the decision about a request, written anew with each change of it',
    );
    table.string('request_id', 36).notNullable();
    table
      .string('role', 16)
      .notNullable()
      .comment(
        'open: can decide now; named: in another step; decided: has decided',
      );
    table.string('ref').notNullable().comment('A user or a group');
    table.primary(['request_id', 'role', 'ref']);
    table.index(['ref', 'role', 'request_id'], 'jit_request_parties_ref');
  });
  await knex.raw(
    `create index jit_requests_pending on jit_requests (lapses_at) where state = 'pending'`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index jit_requests_pending');
  await knex.schema.dropTable('jit_request_parties');
  await knex.schema.alterTable('jit_requests', table => {
    table.dropColumns('asked', 'changes');
  });
};
