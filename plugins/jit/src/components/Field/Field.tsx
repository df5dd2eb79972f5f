import { makeStyles } from '@material-ui/core/styles';
import TextField, { TextFieldProps } from '@material-ui/core/TextField';

const useStyles = makeStyles(theme => ({
  // The red of a theme is for lines and marks: as small text it is hard to read.
  readable: { '&&': { color: theme.palette.text.primary } },
}));

/** A text field whose problem is told by a red line and in words that everybody can read. */
export const Field = (props: TextFieldProps) => {
  const classes = useStyles();
  return (
    <TextField
      {...props}
      InputLabelProps={{
        ...props.InputLabelProps,
        ...(props.error && { className: classes.readable }),
      }}
      FormHelperTextProps={{
        ...(props.error && { className: classes.readable, role: 'alert' }),
      }}
    />
  );
};
