require "action_controller/railtie"
require "rack/cors"
require "puma"
require "rack/handler/puma"

class Api < Rails::Application
  config.eager_load = false
  config.consider_all_requests_local = false
  config.secret_key_base = "a secret of nobody"
  config.logger = Logger.new(nil)
  config.hosts.clear
end

class NotesController < ActionController::API
  def notes
    response.set_header("X-Total-Count", "7")
    render json: { ok: true }
  end

  def fails
    raise "it fails"
  end
end

# Here goes what `why --fix` prints.

Rails.application.initialize!
Rails.application.routes.draw do
  match "/api/notes", to: "notes#notes", via: [:get, :put]
  get "/api/fails", to: "notes#fails"
end
Rack::Handler::Puma.run(Rails.application, Host: "127.0.0.1", Port: ENV["PORT"].to_i, Silent: true)
