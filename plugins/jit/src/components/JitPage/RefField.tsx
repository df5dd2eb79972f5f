import { parseEntityRef } from '@backstage/catalog-model';
import TextField from '@material-ui/core/TextField';
import { useEffect, useState } from 'react';

interface RefFieldProps {
  id: string;
  label: string;
  /** What is to be typed, shown while there is nothing. */
  example: string;
  /** Said of what is no entity ref; any text is taken when not given. */
  help?: string;
  value: string;
  /** With what was taken, or nothing. */
  onChange: (text: string) => void;
}

/** Takes an entity ref, or another name. What is none yet stays in the field, and filters nothing. */
export const RefField = (props: RefFieldProps) => {
  const { id, label, example, help, value, onChange } = props;
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);

  const isRight = (name: string) => !help || isEntityRef(name);
  const take = () => {
    const trimmed = text.trim();
    if (trimmed !== value && (!trimmed || isRight(trimmed))) {
      onChange(trimmed);
    }
  };
  const wrong = text.trim() !== '' && !isRight(text.trim());

  return (
    <TextField
      id={id}
      size="small"
      variant="outlined"
      label={label}
      placeholder={example}
      value={text}
      onChange={event => setText(event.target.value)}
      onBlur={take}
      onKeyDown={event => event.key === 'Enter' && take()}
      helperText={wrong ? help : undefined}
      InputLabelProps={{ shrink: true }}
    />
  );
};

function isEntityRef(text: string): boolean {
  try {
    parseEntityRef(text);
    return true;
  } catch {
    return false;
  }
}
