<?php
// Here goes what `why --fix` prints.
header('X-Total-Count: 7');
switch (parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
    case '/api/notes':
        echo '{"ok":true}';
        break;
    case '/api/fails':
        throw new Exception('it fails');
    default:
        http_response_code(404);
}
