// Runs the file that a long run has made of the backend process, with what V8 compiled of it before: all that the first process had called when it
// ended, which Node's own cache does not keep.
const { existsSync, readFileSync, writeFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const { dirname } = require('node:path');
const { Script } = require('node:vm');

const filename = process.env.JIT_TEST_CRASH_BUNDLE;
const compiled = `${filename}.compiled`;
const cachedData = existsSync(compiled) ? readFileSync(compiled) : undefined;
const script = new Script(wrap(readFileSync(filename, 'utf8')), {
  filename,
  cachedData,
});
if (!cachedData) {
  process.once('exit', () =>
    writeFileSync(compiled, script.createCachedData()),
  );
}
script.runInThisContext()(
  module.exports,
  createRequire(filename),
  module,
  filename,
  dirname(filename),
);
