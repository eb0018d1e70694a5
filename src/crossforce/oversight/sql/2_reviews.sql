-- Judgements of broken glasses come from the platform's own process alone (acting/sql/3_vouched.sql): it vouches
-- for the share that is judged. Who may judge is decided by the policy (guarding.py).
CREATE OR REPLACE TRIGGER oversight_glassreview_vouched AFTER INSERT ON public.oversight_glassreview
  REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION access_vouched_said('share');
ALTER TABLE public.oversight_glassreview ENABLE ALWAYS TRIGGER oversight_glassreview_vouched;
