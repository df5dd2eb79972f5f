/**
 * The text of an answer as it comes, however long it is. Whoever stops to read ends the answer, too.
 *
 * @throws what the network says when it breaks off
 */
export async function* readText(
  response: Pick<Response, 'body'>,
): AsyncGenerator<string> {
  if (!response.body) {
    return;
  }
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const text = decoder.decode(value, { stream: !done });
      if (text) {
        yield text;
      }
      if (done) {
        return;
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
