import { readText } from './readText';

function body(
  chunks: Uint8Array<ArrayBuffer>[],
  onCancel = () => undefined as void,
) {
  return new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: controller => {
      const chunk = chunks.shift();
      if (chunk) {
        controller.enqueue(chunk);
      } else {
        controller.close();
      }
    },
    cancel: onCancel,
  });
}

describe('readText', () => {
  it('puts together what is cut in the middle of a letter', async () => {
    const bytes = new TextEncoder().encode('Tomás, 10 €\n');
    const chunks = Array.from(bytes, byte => Uint8Array.of(byte));
    let text = '';
    for await (const part of readText({ body: body(chunks) })) {
      text += part;
    }
    expect(text).toBe('Tomás, 10 €\n');
  });

  it('ends the answer when nobody reads on', async () => {
    const cancelled = jest.fn();
    const chunks = [1, 2, 3, 4].map(() => new TextEncoder().encode('x'));
    for await (const part of readText({ body: body(chunks, cancelled) })) {
      expect(part).toBe('x');
      break;
    }
    expect(cancelled).toHaveBeenCalledTimes(1);
  });

  it('throws when it breaks off', async () => {
    const broken = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull: controller => controller.error(new TypeError('terminated')),
    });
    const all = readText({ body: broken });
    await expect(all.next()).rejects.toThrow('terminated');
  });
});
