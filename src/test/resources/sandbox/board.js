/* Every few seconds what has changed, without losing the place where somebody reads. */
setInterval(function () {
  if (document.hidden) {
    return;
  }
  fetch(location.href).then(function (answer) { return answer.text(); }).then(function (text) {
    var fresh = new DOMParser().parseFromString(text, 'text/html');
    var places = {};
    document.querySelectorAll('.cards').forEach(function (column) { places[column.id] = column.scrollTop; });
    document.querySelector('dl').innerHTML = fresh.querySelector('dl').innerHTML;
    document.querySelectorAll('.board').forEach(function (board, index) { places['board' + index] = board.scrollLeft; });
    document.querySelector('main').innerHTML = fresh.querySelector('main').innerHTML;
    document.querySelectorAll('.cards').forEach(function (column) { column.scrollTop = places[column.id] || 0; });
    document.querySelectorAll('.board').forEach(function (board, index) { board.scrollLeft = places['board' + index] || 0; });
  }).catch(function () { /* the demo has ended, or starts again */ });
}, 3000);
