import { useTranslate } from '../../translation';
import { Field } from '../Field';
import { useColleagues } from './useColleagues';

interface ColleagueFieldProps {
  value: string;
  problem?: string;
  onChange: (subject: string) => void;
}

/** Takes a user of the catalog, and proposes them by name while one types. */
export const ColleagueField = (props: ColleagueFieldProps) => {
  const { value, problem, onChange } = props;
  const t = useTranslate();
  const colleagues = useColleagues(value);

  return (
    <>
      <Field
        id="jit-subject"
        label={t('forecast.colleagueRef')}
        value={value}
        onChange={event => onChange(event.target.value)}
        error={Boolean(problem)}
        helperText={
          problem ??
          t('forecast.colleagueHelp', { example: 'user:default/jane.doe' })
        }
        inputProps={{ list: 'jit-colleagues', autoComplete: 'off' }}
        required
        fullWidth
        variant="outlined"
        margin="dense"
      />
      <datalist id="jit-colleagues">
        {colleagues.map(({ ref, name }) => (
          <option key={ref} value={ref}>
            {name}
          </option>
        ))}
      </datalist>
    </>
  );
};
