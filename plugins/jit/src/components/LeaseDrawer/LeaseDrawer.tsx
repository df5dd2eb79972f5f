import Drawer from '@material-ui/core/Drawer';
import IconButton from '@material-ui/core/IconButton';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CloseIcon from '@material-ui/icons/Close';
import { useLeaseHistory } from '../../hooks';
import { useTranslate } from '../../translation';
import { Reader } from '../../words';
import { Problem } from '../Problem';
import { Waiting } from '../Waiting';
import { LeaseDetails } from './LeaseDetails';

const useStyles = makeStyles(theme => ({
  paper: {
    width: 560,
    maxWidth: '100%',
    padding: theme.spacing(3),
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(2) },
  },
  head: {
    display: 'flex',
    alignItems: 'flex-start',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
    overflowWrap: 'anywhere',
  },
}));

interface LeaseDrawerProps {
  leaseId: string;
  reader: Reader;
  /** Whether its reader has come to extend it. */
  extending?: boolean;
  onClose: () => void;
}

/** A lease with its whole history, in a drawer beside the page. */
export const LeaseDrawer = ({
  leaseId,
  reader,
  extending,
  onClose,
}: LeaseDrawerProps) => {
  const classes = useStyles();
  const t = useTranslate();
  const { value, error, refresh } = useLeaseHistory(leaseId);

  return (
    <Drawer
      open
      anchor="right"
      onClose={onClose}
      PaperProps={
        {
          className: classes.paper,
          role: 'dialog',
          'aria-modal': true,
          'aria-labelledby': 'jit-drawer-title',
        } as {}
      }
    >
      <div className={classes.head}>
        <Typography variant="h5" component="h2" id="jit-drawer-title">
          {value?.lease.profileTitle ?? t('lease.history')}
        </Typography>
        <IconButton
          size="small"
          onClick={onClose}
          aria-label={t('drawer.close')}
        >
          <CloseIcon />
        </IconButton>
      </div>
      {error && (
        <Problem error={error} onRetry={refresh} stale={Boolean(value)} />
      )}
      {!value && !error && <Waiting />}
      {value && (
        <LeaseDetails
          lease={value.lease}
          events={value.events}
          reader={reader}
          extending={extending}
        />
      )}
    </Drawer>
  );
};
