import { ProfileOffer } from '@backstage-jit/plugin-jit-common';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import Radio from '@material-ui/core/Radio';
import RadioGroup from '@material-ui/core/RadioGroup';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { useTranslate } from '../../translation';
import { ColleagueField } from './ColleagueField';

const useStyles = makeStyles({ field: { minWidth: 280 } });

interface SubjectChoiceProps {
  offer: ProfileOffer;
  /** As it is typed; undefined for the reader. */
  value?: string;
  problem?: string;
  onChange: (subject: string | undefined) => void;
}

/** For oneself, or for a colleague where the profile lets one ask for others. */
export const SubjectChoice = (props: SubjectChoiceProps) => {
  const { offer, value, problem, onChange } = props;
  const classes = useStyles();
  const t = useTranslate();

  return (
    <FormControl component="fieldset">
      <Typography variant="subtitle2" component="legend">
        <strong>{t('forecast.subject')}</strong>
      </Typography>
      <RadioGroup
        row
        value={value === undefined ? 'me' : 'colleague'}
        onChange={event =>
          onChange(event.target.value === 'me' ? undefined : '')
        }
      >
        <FormControlLabel
          value="me"
          disabled={Boolean(offer.refusal)}
          control={<Radio color="primary" />}
          label={t('forecast.me')}
        />
        <FormControlLabel
          value="colleague"
          control={<Radio color="primary" />}
          label={t('forecast.colleague')}
        />
      </RadioGroup>
      {value !== undefined && (
        <div className={classes.field}>
          <ColleagueField value={value} problem={problem} onChange={onChange} />
          {offer.onBehalf?.consent && (
            <Typography variant="body2" color="textSecondary">
              {t('forecast.colleagueConsent')}
            </Typography>
          )}
        </div>
      )}
    </FormControl>
  );
};
