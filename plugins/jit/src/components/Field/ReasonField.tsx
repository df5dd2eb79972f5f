import { TextFieldProps } from '@material-ui/core/TextField';
import { Field } from './Field';

/** Why something is done, or what was found: as much as the backend takes, with the cursor in it. */
export const ReasonField = (props: TextFieldProps) => (
  <Field
    // Opened to be typed in at once.
    // eslint-disable-next-line jsx-a11y/no-autofocus
    autoFocus
    fullWidth
    multiline
    maxRows={6}
    variant="outlined"
    inputProps={{ maxLength: 1000 }}
    {...props}
  />
);
