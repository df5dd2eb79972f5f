import assert from 'node:assert/strict';

/** Has the control of the demonstration do something, as told by name in `scripts/lib/e2e-control.mjs`. */
export async function order(name) {
  const response = await fetch(`${process.env.JIT_E2E_CONTROL_URL}/${name}`, {
    method: 'POST',
  });
  assert.equal(response.status, 204, await response.text());
}
