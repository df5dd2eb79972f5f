// @ts-check

/**
 * The leases whose later end a request asks for, all parts of a bundle: so that who decides about it finds them, and a permission policy counts each.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('jit_extended_leases', table => {
    table.comment('The leases whose later end a request asks for');
    table.string('request_id', 36).notNullable();
    table.string('lease_id', 36).notNullable();
    table.primary(['request_id', 'lease_id']);
    table.index(['lease_id'], 'jit_extended_leases_lease');
  });
  const requests = await knex('jit_requests')
    .select('id', 'extends_lease_id', 'asked')
    .whereNotNull('extends_lease_id');
  for (const { id, extends_lease_id: first, asked } of requests) {
    const leaseIds = (asked && JSON.parse(asked).leaseIds) ?? [first];
    await knex('jit_extended_leases').insert(
      leaseIds.map((/** @type {string} */ leaseId) => ({
        request_id: id,
        lease_id: leaseId,
      })),
    );
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('jit_extended_leases');
};
