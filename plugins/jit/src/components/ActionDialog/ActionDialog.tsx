import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import { FormEvent, ReactNode } from 'react';
import { Problem } from '../Problem';

const useStyles = makeStyles(theme => ({
  title: { overflowWrap: 'anywhere' },
  content: {
    display: 'grid',
    gap: theme.spacing(2),
    gridTemplateColumns: 'minmax(0, 1fr)',
    gridAutoRows: 'max-content',
    overflowWrap: 'anywhere',
  },
}));

interface ActionDialogProps {
  /** Of its title; one of its own for each kind of dialog. */
  id: string;
  title: string;
  /** What it is about, and its fields. */
  children: ReactNode;
  /** The words on the buttons. */
  cancel: string;
  confirm: string;
  disabled?: boolean;
  /** How it went wrong, the last time. */
  error?: Error;
  /** A further button. */
  other?: ReactNode;
  onConfirm: () => void;
  onClose: () => void;
}

/** Something is about to be done with a lease: says what comes of it, and does it when that is confirmed. */
export const ActionDialog = (props: ActionDialogProps) => {
  const { id, title, cancel, confirm, disabled, error, onClose } = props;
  const classes = useStyles();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onConfirm();
  };

  return (
    <Dialog open fullWidth maxWidth="sm" onClose={onClose} aria-labelledby={id}>
      <form onSubmit={submit} noValidate>
        <DialogTitle id={id} className={classes.title}>
          {title}
        </DialogTitle>
        <DialogContent className={classes.content}>
          {props.children}
          {error && <Problem error={error} />}
        </DialogContent>
        <DialogActions>
          {props.other}
          <Button onClick={onClose}>{cancel}</Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            disabled={disabled}
          >
            {confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};
