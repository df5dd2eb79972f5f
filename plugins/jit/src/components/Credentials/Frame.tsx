import { Lease } from '@backstage-jit/plugin-jit-common';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ReactNode } from 'react';
import { useTranslate } from '../../translation';

const useStyles = makeStyles(theme => ({
  root: {
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
    padding: theme.spacing(2),
    minWidth: 0,
  },
  head: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    overflowWrap: 'anywhere',
  },
  close: { flex: 'none' },
}));

interface FrameProps {
  lease: Lease;
  onClose?: () => void;
  closeWords?: string;
  children: ReactNode;
}

/** What the credentials of a lease are shown in. */
export const Frame = ({ lease, onClose, closeWords, children }: FrameProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const title = t('credentials.title', { title: lease.profileTitle });
  return (
    <section className={classes.root} aria-label={title}>
      <div className={classes.head}>
        <Typography variant="body2">
          <strong>{title}</strong>
        </Typography>
        {onClose && (
          <Button size="small" className={classes.close} onClick={onClose}>
            {closeWords}
          </Button>
        )}
      </div>
      {children}
    </section>
  );
};
