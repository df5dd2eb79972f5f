export default async function teardown() {
  await globalThis.jitTestPostgres?.stop();
}
