/** An answer of AWS's query protocol. */
export interface XmlAnswer {
  status: number;
  body: string;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

export function refusal(status: number, code: string): XmlAnswer {
  return {
    status,
    body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>In AWS’s words, with secret-of-aws</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  };
}

function inner(content: Record<string, string | string[]>): string {
  return Object.entries(content)
    .map(([name, value]) => {
      const text = Array.isArray(value)
        ? value.map(one => `<member>${escaped(one)}</member>`).join('')
        : escaped(value);
      return `<${name}>${text}</${name}>`;
    })
    .join('');
}

export function success(
  action: string,
  content: Record<string, string | string[]> = {},
): XmlAnswer {
  return {
    status: 200,
    body: `<${action}Response><${action}Result>${inner(
      content,
    )}</${action}Result><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></${action}Response>`,
  };
}

/** The text of the first element of that name. */
export function textOf(body: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1];
}
