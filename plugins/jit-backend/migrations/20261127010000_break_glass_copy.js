// @ts-check

/**
 * Who is in the break-glass groups, as the catalog last said: for when it cannot be asked. One row.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('jit_break_glass_copy', table => {
    table.integer('id').primary().comment('Always 1');
    table.text('content').notNullable().comment('JSON');
    table.bigInteger('taken_at').notNullable();
  });
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('jit_break_glass_copy');
};
