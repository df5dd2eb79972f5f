import Typography from '@material-ui/core/Typography';
import { ReactNode, useState } from 'react';
import { Action } from '../../hooks';
import { ReasonField } from '../Field';
import { ActionDialog } from './ActionDialog';

interface ReasonDialogProps {
  /** One of its own for each kind of dialog. */
  id: string;
  title: string;
  /** What comes of it. */
  text: ReactNode;
  /** The words on the buttons. */
  cancel: string;
  confirm: string;
  disabled?: boolean;
  label: string;
  /** What the reason is when nobody types another. */
  reason?: string;
  action: Pick<Action<never>, 'busy' | 'error'>;
  /** Further things to see. */
  children?: ReactNode;
  /** Does it, and tells whether it was done: then the dialog closes. */
  onConfirm: (reason: string | undefined) => Promise<boolean>;
  onClose: () => void;
}

/** Something is about to be done with a lease, for a reason that may be told. */
export const ReasonDialog = (props: ReasonDialogProps) => {
  const { id, title, text, cancel, confirm, disabled, label } = props;
  const { action, children, onConfirm, onClose } = props;
  const [typed, setTyped] = useState(props.reason ?? '');
  const submit = async () => {
    if (await onConfirm(typed.trim() || undefined)) {
      onClose();
    }
  };

  return (
    <ActionDialog
      id={`${id}-title`}
      title={title}
      cancel={cancel}
      confirm={confirm}
      disabled={action.busy || disabled}
      error={action.error}
      onConfirm={submit}
      onClose={onClose}
    >
      <Typography>{text}</Typography>
      <ReasonField
        id={`${id}-reason`}
        label={label}
        value={typed}
        onChange={event => setTyped(event.target.value)}
      />
      {children}
    </ActionDialog>
  );
};
