// @ts-check

/**
 * What ends a lease besides its clock (not being used, money), and what keeps it until then (a protection). As with durations, the rules of
 * the profile are kept with the lease, where the engine reads them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('jit_leases', table => {
    table.bigInteger('idle_after_ms');
    table.bigInteger('idle_warn_ms');
    table.bigInteger('last_activity_at');
    table
      .bigInteger('activity_seen_until')
      .comment('Up to when use would have been seen');
    table.text('activity_counter');
    table.bigInteger('idle_warned_at');
    table
      .text('activity_tokens')
      .comment('SHA-256 of the tokens that may report use');
    table.bigInteger('protect_maximum_ms');
    table.bigInteger('protected_until');
    table.text('price').comment('As decimal text: money is no float');
    table.bigInteger('budget_warned_at');
  });
  await knex.raw(
    `create index jit_leases_watched on jit_leases (connection, provider) where state = 'active' and idle_after_ms is not null`,
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index jit_leases_watched');
  await knex.schema.alterTable('jit_leases', table => {
    table.dropColumns(
      'idle_after_ms',
      'idle_warn_ms',
      'last_activity_at',
      'activity_seen_until',
      'activity_counter',
      'idle_warned_at',
      'activity_tokens',
      'protect_maximum_ms',
      'protected_until',
      'price',
      'budget_warned_at',
    );
  });
};
