import { AccessRequest } from '@backstage-jit/plugin-jit-common';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useTranslate } from '../../translation';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(1, 1.5),
    borderLeft: `4px solid ${theme.palette.warning.main}`,
    backgroundColor: theme.palette.background.default,
  },
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
}));

/** How the rules changed under a request, which therefore went round again. */
export const Changes = ({ request }: { request: AccessRequest }) => {
  const classes = useStyles();
  const t = useTranslate();
  const { changes = [] } = request;
  if (!changes.length) {
    return null;
  }
  return (
    <div className={classes.root} role="status">
      <Typography variant="body2">
        <strong>{t('inbox.changed')}</strong>
      </Typography>
      <ul className={classes.list}>
        {changes.map(({ profileId, field, before, after }) => (
          <Typography
            key={`${profileId} ${field}`}
            variant="body2"
            component="li"
          >
            {t('inbox.changedFrom', {
              field,
              before: before ?? t('inbox.nothing'),
              after: after ?? t('inbox.nothing'),
            })}
          </Typography>
        ))}
      </ul>
    </div>
  );
};
