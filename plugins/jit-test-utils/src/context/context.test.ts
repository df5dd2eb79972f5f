import { createExternalName, createLeaseContext } from './createLeaseContext';
import { RecordingLogger } from './RecordingLogger';

describe('createLeaseContext', () => {
  const connection = { name: 'orders', config: {} };

  it('aborts its signal when told, or at its deadline', async () => {
    const controller = new AbortController();
    const told = createLeaseContext({
      connection,
      params: {},
      signal: controller.signal,
    });
    expect(told.signal.aborted).toBe(false);
    controller.abort();
    expect(told.signal.aborted).toBe(true);

    const due = createLeaseContext({ connection, params: {}, timeoutMs: 5 });
    expect(due.deadline).toBeGreaterThan(performance.now() - 1000);
    const keepAlive = setInterval(() => {}, 1000);
    await new Promise(resolve => {
      due.signal.addEventListener('abort', resolve);
    });
    clearInterval(keepAlive);
    expect(due.signal.reason.name).toBe('TimeoutError');
  });

  it('names things as the engine does', () => {
    expect(createExternalName()).toMatch(/^[a-z][a-z0-9_]{2,39}$/);
    expect(createExternalName()).not.toBe(createExternalName());
  });
});

describe('RecordingLogger', () => {
  it('keeps what children log, and the whole of an error', () => {
    const logger = new RecordingLogger();
    const child = logger.child({ part: 'mint' });
    child.child({ deep: 'er' }).warn('careful');
    child.error('failed', new Error('outer', { cause: new Error('inner') }));
    expect(logger.entries.map(({ message }) => message)).toEqual([
      'careful',
      'failed',
    ]);
    for (const part of ['mint', 'er', 'outer', 'inner']) {
      expect(logger.text()).toContain(part);
    }
  });
});
