// @ts-check

/**
 * Who owns the targets of leases, so that a permission policy can decide by it in a list.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('jit_targets', table => {
    table.comment('What has been leased on, by the profile that was leased');
    table.string('profile_id').notNullable();
    table.string('entity_ref').notNullable();
    table.primary(['profile_id', 'entity_ref']);
  });
  await knex.schema.createTable('jit_target_owners', table => {
    table.comment(
      'Who owns them, where the profile takes the word of the target: by the last look into the catalog',
    );
    table.string('profile_id').notNullable();
    table.string('entity_ref').notNullable();
    table.string('ref').notNullable().comment('A user or a group');
    table.primary(['profile_id', 'entity_ref', 'ref']);
  });
  await knex.raw(
    `insert into jit_targets (profile_id, entity_ref)
     select distinct profile_id, entity_ref from jit_leases where entity_ref is not null`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('jit_target_owners');
  await knex.schema.dropTable('jit_targets');
};
