/** Hands a text to the browser as a file to keep. */
export function saveFile(options: {
  name: string;
  parts: string[];
  /** Its media type. */
  type: string;
}): void {
  const { name, parts, type } = options;
  const url = URL.createObjectURL(new Blob(parts, { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
