// Lets `JIT_TEST_SEED` choose what property tests try, as it chooses the faults and kills of the others. Without it each run tries something else, and a
// failure prints its seed.
const { JIT_TEST_SEED } = process.env;

if (JIT_TEST_SEED) {
  require('fast-check').configureGlobal({ seed: Number(JIT_TEST_SEED) });
}
