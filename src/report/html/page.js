(function () {
  var form = document.getElementById('filter');
  if (!form) { return; }
  var files = Array.from(document.querySelectorAll('.file'));
  function matches(wanted, value) { return wanted === '' || wanted === value; }
  function apply() {
    var shown = 0;
    files.forEach(function (file) {
      var years = (file.dataset.years || 'none').split(' ');
      var inYear = form.year ? years.some(matches.bind(null, form.year.value)) : true;
      var some = false;
      file.querySelectorAll('.finding').forEach(function (finding) {
        var fits = [inYear, form[finding.classList[1]].checked,
          matches(form.rule.value, finding.querySelector('a').textContent)];
        finding.hidden = !fits.every(Boolean);
        if (!finding.hidden) { some = true; shown += 1; }
      });
      file.hidden = !some;
    });
    document.getElementById('shown').textContent = shown + (shown === 1 ? ' finding' : ' findings') + ' shown';
  }
  function show() {
    var target = document.getElementById(location.hash.slice(1));
    if (target ? target.hidden : false) {
      form.reset();
      apply();
      target.scrollIntoView();
    }
  }
  form.hidden = false;
  form.addEventListener('change', apply);
  form.addEventListener('reset', function () { setTimeout(apply); });
  addEventListener('hashchange', show);
  apply();
}());
