package main

import (
	"net/http"
	"os"

	"github.com/rs/cors"
)

var _ cors.Options

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/notes", func(writer http.ResponseWriter, request *http.Request) {
		writer.Header().Set("X-Total-Count", "7")
		writer.Write([]byte(`{"ok":true}`))
	})
	mux.HandleFunc("/api/fails", func(writer http.ResponseWriter, request *http.Request) {
		http.Error(writer, "it fails", 500)
	})
	var handler http.Handler = mux
	// Here goes what `why --fix` prints.
	http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), handler)
}
