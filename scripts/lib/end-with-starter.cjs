// Preloaded into what processes.mjs and ensure-node.mjs start. File descriptor 3 is a pipe from the starter: it closes when the starter
// ends, also by a kill that it could not answer.
const { Socket } = require('node:net');
const { isMainThread } = require('node:worker_threads');

if (isMainThread) {
  const starter = new Socket({ fd: 3 });
  starter.on('error', () => {});
  starter.on('close', () => {
    try {
      process.kill(-process.pid, 'SIGTERM');
    } catch {
      // We lead no group of our own.
      process.kill(process.pid, 'SIGTERM');
    }
  });
  starter.resume();
  starter.unref();
}
