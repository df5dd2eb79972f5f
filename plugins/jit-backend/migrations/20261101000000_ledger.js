// @ts-check
const { randomUUID } = require('node:crypto');

/**
 * The ledger's first shape. Every instant is a bigint of epoch milliseconds by the database's clock; JSON is text, so that both databases
 * hold the same bytes.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('jit_meta', table => {
    table.comment('Facts about the ledger itself');
    table.string('key').primary();
    table.text('value').notNullable();
  });
  // Part of the mark on everything we make: a copy of the config with another ledger must not take this one's things for its own.
  await knex('jit_meta').insert({ key: 'ledger-id', value: randomUUID() });

  await knex.schema.createTable('jit_profiles', table => {
    table.comment(
      'Resolved profiles by content hash, kept while a lease points to them',
    );
    table.string('hash', 64).primary();
    table.string('profile_id').notNullable();
    table.text('content').notNullable();
    table.bigInteger('created_at').notNullable();
  });

  await knex.schema.createTable('jit_connections', table => {
    table.comment('What all replicas must agree on about an outside system');
    table.string('name').primary();
    table.string('type').notNullable();
    table.integer('concurrency').notNullable();
    table
      .integer('slots')
      .notNullable()
      .comment(
        'How many claims are let through now: less than concurrency while it recovers',
      );
    table.bigInteger('paused_until').notNullable().defaultTo(0);
    table
      .integer('failures')
      .notNullable()
      .defaultTo(0)
      .comment('Connection failures in a row');
    table.text('last_error');
    table.bigInteger('failing_since');
    table
      .boolean('reconcile_held')
      .notNullable()
      .defaultTo(false)
      .comment('Reconcile only reports until an operator says go');
    table.text('reconcile_report');
    table.bigInteger('reconciled_at');
  });

  await knex.schema.createTable('jit_requests', table => {
    table.comment('Who asked, and who decides');
    table.string('id', 36).primary();
    table.string('state', 16).notNullable();
    table.integer('version').notNullable().defaultTo(1);
    table
      .string('kind', 16)
      .notNullable()
      .defaultTo('new')
      .comment('new, or extend for a longer end of a live lease');
    table.string('extends_lease_id', 36);
    table.string('requester').notNullable();
    table.string('subject').notNullable();
    table.text('reason');
    table.string('via');
    table.boolean('break_glass').notNullable().defaultTo(false);
    table
      .text('steps')
      .notNullable()
      .defaultTo('[]')
      .comment(
        'Approval steps with their decisions; empty when granted by rule',
      );
    table.integer('revision').notNullable().defaultTo(1);
    table.bigInteger('requested_at').notNullable();
    table.bigInteger('starts_at');
    table.bigInteger('lapses_at');
    table.bigInteger('decided_at');
    table.index(['requester', 'requested_at', 'id'], 'jit_requests_requester');
    table.index(['subject', 'requested_at', 'id'], 'jit_requests_subject');
    table.index(['requested_at', 'id'], 'jit_requests_requested');
  });

  await knex.schema.createTable('jit_entitlements', table => {
    table.comment(
      'Outside things with unfinished leases: the unit that is claimed',
    );
    table.string('id', 64).primary();
    table.string('connection').notNullable();
    table.string('provider').notNullable();
    table.boolean('shared').notNullable();
    table.string('external_name', 64).notNullable();
    table.boolean('held_before');
    table.boolean('attempted').notNullable().defaultTo(false);
    table.text('identity');
    table.text('call');
    table.bigInteger('fence_until');
    table.string('removal', 16);
    table.bigInteger('absent_since');
    table.bigInteger('outside_until');
    table
      .bigInteger('next_at')
      .comment('When it needs the engine, a call included');
    table
      .bigInteger('turn_at')
      .comment('When it needs the engine even while its connection is paused');
    table.string('claim_token', 36);
    table.bigInteger('claim_until');
  });

  await knex.schema.createTable('jit_leases', table => {
    table.comment('One timed use of a profile by one subject');
    table.string('id', 36).primary();
    table.string('request_id', 36).notNullable();
    table.string('entitlement_id', 64).notNullable();
    table.string('kind', 16).notNullable();
    table.string('state', 16).notNullable();
    table.integer('version').notNullable().defaultTo(1);
    table.string('profile_id').notNullable();
    table.text('profile_title').notNullable();
    table.string('profile_hash', 64).notNullable();
    table.string('provider').notNullable();
    table.string('connection').notNullable();
    table.text('parameters').notNullable();
    table.string('requester').notNullable();
    table.string('subject').notNullable();
    table.string('entity_ref');
    table.text('reason');
    table.string('via');
    table.bigInteger('duration_ms').notNullable();
    table.bigInteger('grant_within_ms').notNullable();
    table.integer('extensions_left').notNullable();
    table.bigInteger('extensible_until');
    table
      .bigInteger('maximum_life_ms')
      .notNullable()
      .comment('From active to the latest end that extensions may reach');
    table.bigInteger('requested_at').notNullable();
    table.bigInteger('starts_at').notNullable();
    table.bigInteger('grant_due_at');
    table.bigInteger('granted_at');
    table.bigInteger('expires_at');
    table.bigInteger('ended_at');
    table.bigInteger('verified_at');
    table.string('end_reason', 32);
    table.text('end_wish');
    table.bigInteger('alive_until');
    table.text('residual');
    table.string('kept', 16);
    table.text('handle');
    table.integer('attempts').notNullable().defaultTo(0);
    table.bigInteger('retry_at');
    table.text('last_error');
    table.text('blockers');
    table.text('note');
    table.bigInteger('next_action_at');
    table
      .bigInteger('stuck_since')
      .comment('When operators were told; cleared when it moves again');
    table
      .bigInteger('ineligible_since')
      .comment('When the subject was first seen without the right to it');
    table.integer('event_sequence').notNullable().defaultTo(0);
    table.string('event_head', 64).notNullable().defaultTo('');
    table.index(['subject', 'requested_at', 'id'], 'jit_leases_subject');
    table.index(['requester', 'requested_at', 'id'], 'jit_leases_requester');
    table.index(['entity_ref', 'requested_at', 'id'], 'jit_leases_entity');
    table.index(['profile_id', 'requested_at', 'id'], 'jit_leases_profile');
    table.index(['state', 'requested_at', 'id'], 'jit_leases_state');
    table.index(['requested_at', 'id'], 'jit_leases_requested');
    table.index(['request_id'], 'jit_leases_request');
    table.index(['profile_hash'], 'jit_leases_hash');
  });

  await knex.schema.createTable('jit_events', table => {
    table.comment(
      'The history of each lease, chained by HMAC; only ever appended to',
    );
    table.string('lease_id', 36).notNullable();
    table.integer('sequence').notNullable();
    table.bigInteger('at').notNullable();
    table.string('type', 64).notNullable();
    table.string('actor').notNullable();
    table.string('from_state', 16);
    table.string('to_state', 16);
    table.text('why');
    table.text('data');
    table.string('key_id', 64).notNullable();
    table.string('hmac', 64).notNullable();
    table.primary(['lease_id', 'sequence']);
    table.index(['at'], 'jit_events_at');
  });

  await knex.schema.createTable('jit_outbox', table => {
    table.comment(
      'Notices written with the transition they tell of; removed once sent',
    );
    table.bigIncrements('id').primary();
    table.string('scope').notNullable().comment('The same scope is told once');
    table.text('notice').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('due_at').notNullable();
    table.integer('attempts').notNullable().defaultTo(0);
    table.unique(['scope'], { indexName: 'jit_outbox_scope' });
    table.index(['due_at'], 'jit_outbox_due');
  });

  await knex.schema.createTable('jit_idempotency', table => {
    table.comment('First answers, so that a repeated call gets the same one');
    table.string('caller').notNullable();
    table.string('call').notNullable();
    table.string('key').notNullable();
    table.string('body_hash', 64).notNullable();
    table.integer('status');
    table.text('answer');
    table.bigInteger('expires_at').notNullable();
    table.primary(['caller', 'call', 'key']);
    table.index(['expires_at'], 'jit_idempotency_expires');
  });

  await knex.schema.createTable('jit_stops', table => {
    table.comment(
      'What operators stopped: while open, nothing that matches is granted',
    );
    table.string('id', 36).primary();
    table.string('subject');
    table.string('profile_id');
    table.string('connection');
    table.string('entity_ref');
    table.text('why').notNullable();
    table.string('actor').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('lifted_at');
    table.string('lifted_by');
  });

  await knex.schema.createTable('jit_locks', table => {
    table.comment('Rows to lock while counting against a limit');
    table.string('name').primary();
  });

  // Partial, so that history costs nothing: an index over all rows makes a claim take seconds after a few million leases.
  for (const statement of [
    `create index jit_entitlements_next on jit_entitlements (connection, next_at) where next_at is not null`,
    `create index jit_entitlements_turn on jit_entitlements (connection, turn_at) where turn_at is not null`,
    `create index jit_entitlements_claimed on jit_entitlements (connection, claim_until) where claim_until is not null`,
    `create index jit_leases_unfinished on jit_leases (entitlement_id) where state in ('approved', 'granting', 'active', 'revoking')`,
    `create index jit_leases_live_subject on jit_leases (subject, profile_id) where state in ('requested', 'approved', 'granting', 'active', 'revoking')`,
    `create index jit_leases_live_profile on jit_leases (profile_id) where state in ('requested', 'approved', 'granting', 'active', 'revoking')`,
    `create index jit_leases_live_connection on jit_leases (connection) where state in ('approved', 'granting', 'active', 'revoking')`,
    `create index jit_leases_stuck on jit_leases (connection) where stuck_since is not null`,
    `create index jit_stops_open on jit_stops (created_at) where lifted_at is null`,
  ]) {
    await knex.raw(statement);
  }
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  for (const table of [
    'jit_locks',
    'jit_stops',
    'jit_idempotency',
    'jit_outbox',
    'jit_events',
    'jit_leases',
    'jit_entitlements',
    'jit_requests',
    'jit_connections',
    'jit_profiles',
    'jit_meta',
  ]) {
    await knex.schema.dropTable(table);
  }
};
