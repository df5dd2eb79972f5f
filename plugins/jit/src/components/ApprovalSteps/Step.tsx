import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import BlockIcon from '@material-ui/icons/Block';
import CheckIcon from '@material-ui/icons/Check';
import HourglassEmptyIcon from '@material-ui/icons/HourglassEmpty';
import RadioButtonUncheckedIcon from '@material-ui/icons/RadioButtonUnchecked';
import { useTranslate } from '../../translation';
import { StepWords } from '../../words';
import { EntityName } from '../EntityName';
import { DecisionLine } from './DecisionLine';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    gap: theme.spacing(0.75),
    marginTop: theme.spacing(0.5),
  },
  icon: { fontSize: 18, marginTop: 2, flex: 'none' },
  done: { color: theme.palette.success.main },
  denied: { color: theme.palette.error.main },
  open: { color: theme.palette.info.main },
  ahead: { color: theme.palette.text.secondary },
  skipped: { color: theme.palette.warning.main },
}));

const ICONS = {
  done: CheckIcon,
  denied: BlockIcon,
  open: HourglassEmptyIcon,
  ahead: RadioButtonUncheckedIcon,
  skipped: RadioButtonUncheckedIcon,
};

/** One approval step: what it waits for, who can decide it, and who did. */
export const Step = ({ step }: { step: StepWords }) => {
  const classes = useStyles();
  const t = useTranslate();
  const { look, title, beside, lines, approvers, decisions } = step;
  const Icon = ICONS[look];

  return (
    <li className={classes.root}>
      <Icon className={`${classes.icon} ${classes[look]}`} aria-hidden />
      <div>
        <Typography variant="body2">
          {title}
          {beside.map(each => ` · ${each}`)}
        </Typography>
        {decisions.map(decision => (
          <DecisionLine key={decision.by} decision={decision} />
        ))}
        {lines.map(line => (
          <Typography key={line} variant="body2" color="textSecondary">
            {line}
          </Typography>
        ))}
        {approvers.length > 0 && (
          <Typography variant="body2" color="textSecondary" component="div">
            {t('progress.canDecide')}{' '}
            {approvers.map((approver, index) => (
              <span key={approver}>
                {index > 0 && ', '}
                <EntityName entityRef={approver} />
              </span>
            ))}
          </Typography>
        )}
      </div>
    </li>
  );
};
