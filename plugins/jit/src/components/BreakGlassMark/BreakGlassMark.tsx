import { makeStyles } from '@material-ui/core/styles';
import ReportProblemIcon from '@material-ui/icons/ReportProblemOutlined';
import { useTranslate } from '../../translation';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    padding: theme.spacing(0, 0.75),
    border: `1px solid ${theme.palette.warning.main}`,
    borderRadius: theme.shape.borderRadius,
    color: theme.palette.text.primary,
    ...theme.typography.body2,
    fontWeight: 700,
    whiteSpace: 'nowrap',
  },
  icon: { color: theme.palette.warning.main, fontSize: 18 },
}));

/** Says of somebody who is in that nobody approved it. */
export const BreakGlassMark = () => {
  const classes = useStyles();
  const t = useTranslate();
  return (
    <span className={classes.root}>
      <ReportProblemIcon className={classes.icon} aria-hidden />
      {t('breakGlass.mark')}
    </span>
  );
};
