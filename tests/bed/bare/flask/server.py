import os

from flask import Flask, jsonify

app = Flask(__name__)
# Here goes what `why --fix` prints.


@app.route("/api/notes", methods=["GET", "PUT"])
def notes():
    return jsonify(ok=True), {"X-Total-Count": "7"}


@app.route("/api/fails")
def fails():
    raise RuntimeError("it fails")


app.run(port=int(os.environ["PORT"]))
