// @ts-check

/**
 * What a lease was made for: while nobody knows what became of that, the lease is provisional.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('jit_leases', table => {
    table.string('origin_type', 63);
    table.string('origin_id', 200);
    table.bigInteger('origin_settled_at');
    table.bigInteger('origin_unknown_since');
    table.bigInteger('origin_told_at').comment('When operators were told so');
  });
  await knex.raw(
    `create index jit_leases_open_origin on jit_leases (origin_type, origin_id) where origin_type is not null and origin_settled_at is null and state in ('approved', 'granting', 'active', 'revoking')`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index jit_leases_open_origin');
  await knex.schema.alterTable('jit_leases', table => {
    table.dropColumns(
      'origin_type',
      'origin_id',
      'origin_settled_at',
      'origin_unknown_since',
      'origin_told_at',
    );
  });
};
